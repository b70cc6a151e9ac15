/**
 * Finds a short list of items that still passes a test, by leaving out ever smaller parts (delta debugging). No single
 * item of the result can be left out.
 * @param passes - whether a list still shows what is looked for; the given items do.
 */
export async function minimise<T>(
  items: readonly T[],
  passes: (some: readonly T[]) => Promise<boolean>,
): Promise<readonly T[]> {
  let left = items;
  for (let size = Math.ceil(left.length / 2); size >= 1; ) {
    const shorter = await withoutPart(left, size, passes);
    if (shorter !== undefined) left = shorter;
    else if (size === 1) break;
    size = Math.max(1, shorter === undefined ? Math.floor(size / 2) : Math.min(size, Math.ceil(left.length / 2)));
    if (left.length === 0) break;
  }
  return left;
}

/** Leaves out the first part of this size, from the end, that is not needed; `undefined` if all are. */
async function withoutPart<T>(
  items: readonly T[],
  size: number,
  passes: (some: readonly T[]) => Promise<boolean>,
): Promise<readonly T[] | undefined> {
  for (let end = items.length; end > 0; end -= size) {
    const start = Math.max(0, end - size);
    const rest = [...items.slice(0, start), ...items.slice(end)];
    if (await passes(rest)) return rest;
  }
  return undefined;
}
