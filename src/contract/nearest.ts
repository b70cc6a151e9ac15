/** Longer texts are no misspelt names. */
const MAX_LENGTH = 256;

/** Returns the name that is most similar to a misspelt one, or `undefined` if none is similar. */
export function nearestName(written: string, names: Iterable<string>): string | undefined {
  if (written.length > MAX_LENGTH) return undefined;
  const wanted = written.toLowerCase();
  let nearest: string | undefined;
  // A suggestion that differs in more than half of the letters would not help.
  let limit = Math.max(2, Math.ceil(wanted.length / 2));
  for (const name of names) {
    const distance = editDistance(wanted, name.toLowerCase(), limit);
    if (distance < limit) {
      limit = distance;
      nearest = name;
    }
  }
  return nearest;
}

/** Returns `; did you mean "<nearest name>"?` to append to a message, or an empty text if no name is similar. */
export const didYouMean = (written: string, names: Iterable<string>): string =>
  nearestHint(nearestName(written, names));

/** Returns the text of `didYouMean` for a nearest name; empty for `undefined`. */
export const nearestHint = (nearest: string | undefined): string =>
  nearest === undefined ? '' : `; did you mean "${nearest}"?`;

/** Returns `; did you mean "a", "b" or "c"?` to append to a message; empty for an empty list. */
export function suggestionHint(names: readonly string[]): string {
  const quoted = names.map((name) => `"${name}"`);
  const last = quoted.pop();
  if (last === undefined) return '';
  return `; did you mean ${quoted.length === 0 ? last : `${quoted.join(', ')} or ${last}`}?`;
}

/** Counts the letters to add, drop, change or swap with their neighbor; returns `max` if lengths alone differ by that much. */
function editDistance(a: string, b: string, max: number): number {
  if (Math.abs(a.length - b.length) >= max) return max;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min((row[j] as number) + 1, (next[j - 1] as number) + 1, (row[j - 1] as number) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (before[j - 2] as number) + 1);
      }
      next.push(cost);
    }
    before = row;
    row = next;
  }
  return row[b.length] as number;
}
