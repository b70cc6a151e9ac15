/** Reads the `Authorization` header of a request of OAuth 1.0. */
import type { Call } from '../../../contract/contract.ts';
import { unexpected } from '../request-error.ts';

/** The parameters of the header, encoded as sent. A later one replaces an earlier one of the same name. */
export type HeaderParameters = ReadonlyMap<string, string>;

/** @throws RequestError 500 if there is no such header, or one of another scheme or form. */
export function parseHeader({ headers: { authorization } }: Call): HeaderParameters {
  const list = /^oauth (.*)$/is.exec(authorization ?? '')?.[1] ?? unexpected();
  return new Map(splitItems(list).map(parseItem));
}

function parseItem(item: string): readonly [name: string, value: string] {
  const at = item.indexOf('=');
  const value = item.slice(at + 1);
  if (at < 0 || value === '') return unexpected();
  return [item.slice(0, at), value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value];
}

/** A comma that separates items, a text in quotes, or any other character. */
const PARTS = /,|"(?:[^"\\]|\\.)*"?|[^,"]/gs;

/** Splits a list at the commas outside quotes. A backslash in quotes stands for the character after it. */
function splitItems(list: string): readonly string[] {
  const items = [''];
  for (const [part] of list.matchAll(PARTS)) {
    if (part === ',') items.push('');
    else items.push((items.pop() ?? '') + (part.startsWith('"') ? part.replace(/\\(.)/gs, '$1') : part));
  }
  return items.at(-1) === '' ? items.slice(0, -1).map(trimmed) : items.map(trimmed);
}

const trimmed = (item: string): string => item.trim();
