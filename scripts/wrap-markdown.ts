/** Wraps text in Markdown, for pages that are also read in a terminal. */

const WIDTH = 120;

/** Words that would begin a list, a heading or a quotation at the start of a line. */
const MARKER = /^(?:[-+*#>]+|\d+[.)])$/;

/** Splits text into words. Code is one word, and a word that would be a marker stays behind the word before it. */
function wordsOf(text: string): readonly string[] {
  const words: string[] = [];
  for (const word of text.match(/(?:`[^`]*`|[^\s`])+/g) ?? []) {
    const last = words.at(-1);
    if (last !== undefined && MARKER.test(word)) words[words.length - 1] = `${last} ${word}`;
    else words.push(word);
  }
  return words;
}

/**
 * Returns the text in lines of at most 120 characters, unless a single word is longer.
 * @param indent - what the lines after the first begin with.
 */
export function wrapMarkdown(text: string, indent = ''): string {
  const lines: string[] = [];
  let line = '';
  for (const word of wordsOf(text)) {
    if (line !== '' && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = `${indent}${word}`;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join('\n');
}

/** Returns an item of a list. */
export const listItem = (text: string): string => wrapMarkdown(`- ${text}`, '  ');
