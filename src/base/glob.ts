/** Returns whether a text matches. */
export type TextTest = (text: string) => boolean;

/** Whether a text contains `*` or `?`. */
export const isGlob = (text: string): boolean => text.includes('*') || text.includes('?');

/** Compiles a glob. A match takes at most (length of the text) × (length of the pattern) steps. */
export function compileGlob(pattern: string): TextTest {
  if (!isGlob(pattern)) return (text) => text === pattern;
  const stars = pattern.split('*').length - 1;
  if (!pattern.includes('?') && stars === 1) {
    const star = pattern.indexOf('*');
    const head = pattern.slice(0, star);
    const tail = pattern.slice(star + 1);
    const minLength = head.length + tail.length;
    return (text) => text.length >= minLength && text.startsWith(head) && text.endsWith(tail);
  }
  return (text) => matchesGlob(text, pattern);
}

/** Compares text and pattern in step; on a mismatch the last star takes one more character. */
function matchesGlob(text: string, pattern: string): boolean {
  let at = 0;
  let patternAt = 0;
  let star = -1;
  let resume = 0;
  while (at < text.length) {
    if (pattern[patternAt] === '*') {
      star = patternAt;
      resume = at;
      patternAt += 1;
    } else if (patternAt < pattern.length && (pattern[patternAt] === '?' || pattern[patternAt] === text[at])) {
      at += 1;
      patternAt += 1;
    } else if (star !== -1) {
      resume += 1;
      at = resume;
      patternAt = star + 1;
    } else {
      return false;
    }
  }
  while (pattern[patternAt] === '*') patternAt += 1;
  return patternAt === pattern.length;
}
