/** Characters of all texts of a list. */
export function lengthOf(list: readonly string[]): number {
  let total = 0;
  for (let at = 0; at < list.length; at += 1) total += (list[at] as string).length;
  return total;
}
