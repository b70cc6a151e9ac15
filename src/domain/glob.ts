/** A test of texts. */
export type TextTest = (text: string) => boolean;

/** Whether a text holds `*` or `?`. */
export const isGlob = (text: string): boolean => text.includes('*') || text.includes('?');

/** A test of texts against a glob. It takes no longer than text times pattern, whatever either says. */
export function compileGlob(pattern: string): TextTest {
  if (!isGlob(pattern)) return (text) => text === pattern;
  const stars = pattern.split('*').length - 1;
  if (!pattern.includes('?') && stars === 1) {
    const mark = pattern.indexOf('*');
    const head = pattern.slice(0, mark);
    const tail = pattern.slice(mark + 1);
    const least = head.length + tail.length;
    return (text) => text.length >= least && text.startsWith(head) && text.endsWith(tail);
  }
  return (text) => fitsGlob(text, pattern);
}

/** Walks text and pattern together; on a misfit the last star takes one character more. */
function fitsGlob(text: string, pattern: string): boolean {
  let at = 0;
  let place = 0;
  let star = -1;
  let resume = 0;
  while (at < text.length) {
    if (pattern[place] === '*') {
      star = place;
      resume = at;
      place += 1;
    } else if (place < pattern.length && (pattern[place] === '?' || pattern[place] === text[at])) {
      at += 1;
      place += 1;
    } else if (star !== -1) {
      resume += 1;
      at = resume;
      place = star + 1;
    } else {
      return false;
    }
  }
  while (pattern[place] === '*') place += 1;
  return place === pattern.length;
}
