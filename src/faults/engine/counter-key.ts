import type { CountedPer, Limit } from '../fault.ts';
import { imageIdOf, type Subject } from './matcher.ts';

/** How many images, projects, users or clients are counted apart; past that the first of them starts over. */
export const MAX_KEYS = 10_000;

/** What a call is counted under: the id of its image, project or user, or its client; empty for all calls together. */
export function keyOf(per: CountedPer | Limit['by'], { call, caller }: Pick<Subject, 'call' | 'caller'>): string {
  switch (per) {
    case 'image':
      return imageIdOf(call) ?? '';
    case 'project':
      return caller.projectId;
    case 'user':
      return caller.userId;
    // Two programs of one user are two clients; a program that logs in again, with another token, stays the same one.
    case 'client':
      return `${caller.userId} ${call.program}`;
    case 'rule':
    case 'world':
      return '';
    default:
      return per satisfies never;
  }
}

/** Puts a value under a key; where there are too many keys, the oldest gives way. */
export function putBounded<T>(values: Map<string, T>, key: string, value: T): T {
  if (values.size >= MAX_KEYS && !values.has(key)) values.delete(values.keys().next().value as string);
  values.set(key, value);
  return value;
}
