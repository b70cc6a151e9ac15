import type { Reply } from '../../contract/contract.ts';
import type { HeaderChanges } from '../../faults/alteration.ts';

/** Returns a reply without a header. */
export function withoutHeader(reply: Reply, lowerName: string): Reply {
  const headers = Object.entries(reply.headers ?? {}).filter(([name]) => name.toLowerCase() !== lowerName);
  return { ...reply, headers: Object.fromEntries(headers) };
}

const byLowerName = <T>(record: Readonly<Record<string, T>> = {}): ReadonlyMap<string, T> =>
  new Map(Object.entries(record).map(([name, value]) => [name.toLowerCase(), value]));

/**
 * Changes headers of a response that is ready to be sent.
 * @param flat - names and values, alternating.
 */
export function changeHeaders(flat: readonly string[], { headers = {}, renameHeaders }: HeaderChanges): string[] {
  const replaced = byLowerName(headers);
  const renamed = byLowerName(renameHeaders);
  const changed: string[] = [];
  for (let at = 0; at + 1 < flat.length; at += 2) {
    const name = flat[at] as string;
    const lower = name.toLowerCase();
    if (!replaced.has(lower)) changed.push(renamed.get(lower) ?? name, flat[at + 1] as string);
  }
  for (const [name, value] of Object.entries(headers)) if (value !== null) changed.push(name, value);
  return changed;
}
