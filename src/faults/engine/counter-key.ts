import type { CountedPer, Limit } from '../fault.ts';
import { imageIdOf, type Subject } from './matcher.ts';

/** How many images, projects, users or clients have counters of their own. Beyond that, the oldest one starts over. */
export const MAX_KEYS = 10_000;

/** The key that a request is counted under: the id of its image, project or user, or its client; empty for all requests together. */
export function keyOf(per: CountedPer | Limit['by'], { call, caller }: Pick<Subject, 'call' | 'caller'>): string {
  switch (per) {
    case 'image':
      return imageIdOf(call) ?? '';
    case 'project':
      return caller.projectId;
    case 'user':
      return caller.userId;
    // Two programs of one user are two clients. A program that logs in again, with another token, stays the same client.
    case 'client':
      return `${caller.userId} ${call.program}`;
    case 'rule':
    case 'world':
      return '';
    default:
      return per satisfies never;
  }
}

/** Stores a value under a key. If there are too many keys, the oldest is removed. */
export function putBounded<T>(values: Map<string, T>, key: string, value: T): T {
  if (values.size >= MAX_KEYS && !values.has(key)) values.delete(values.keys().next().value as string);
  values.set(key, value);
  return value;
}
