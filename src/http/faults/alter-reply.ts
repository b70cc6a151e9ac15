import { Readable } from 'node:stream';
import { type JsonPlace, placesAt } from '../../base/json-places.ts';
import { parsePointer } from '../../base/json-pointer.ts';
import { mergePatch } from '../../base/merge-patch.ts';
import type { Reply } from '../../contract/contract.ts';
import type { Alteration } from '../../faults/alteration.ts';
import { withoutHeader } from './header-changes.ts';

/** A changed response, and the pointers that led to nothing in its body. */
interface AlteredReply {
  readonly reply: Reply;
  readonly missed: readonly string[];
}

/** Statuses whose responses have no body. */
const BODILESS: ReadonlySet<number> = new Set([204, 304]);

/**
 * Changes status and body of a natural response; its headers are changed when it is sent. A body that is not JSON stays as
 * it is.
 */
export function alterReply(reply: Reply, alteration: Alteration): AlteredReply {
  const { reply: edited, missed } = alterBody(reply, alteration);
  const { status } = alteration;
  if (status === undefined) return { reply: edited, missed };
  const { reason: _reason, ...rest } = edited;
  return { reply: BODILESS.has(status) ? withoutBody({ ...rest, status }) : { ...rest, status }, missed };
}

function withoutBody(reply: Reply): Reply {
  const { body, ...rest } = withoutHeader(withoutHeader(reply, 'content-length'), 'content-type');
  if (body instanceof Readable) body.destroy();
  return rest;
}

function alterBody(reply: Reply, { body: patch, set = {}, remove = [] }: Alteration): AlteredReply {
  const pointers = [...Object.keys(set), ...remove];
  if (patch === undefined && pointers.length === 0) return { reply, missed: [] };
  const parsed = parsedBody(reply);
  if (parsed === undefined) return { reply, missed: ['the body, which is not JSON'] };
  // Copies, because later changes must not reach into the rule.
  const value = patch === undefined ? parsed.value : mergePatch(parsed.value, structuredClone(patch));
  const missed = [
    ...Object.entries(set).filter(([pointer, wanted]) => !setAt(value, pointer, wanted)),
    ...remove.filter((pointer) => !removeAt(value, pointer)).map((pointer) => [pointer] as const),
  ].map(([pointer]) => pointer);
  return { reply: { ...withoutHeader(reply, 'content-length'), body: JSON.stringify(value) }, missed };
}

function parsedBody({ body }: Reply): { readonly value: unknown } | undefined {
  if (body === undefined || body instanceof Readable) return undefined;
  try {
    return { value: JSON.parse(body.toString()) as unknown };
  } catch {
    return undefined;
  }
}

const isIndexOf = (list: readonly unknown[], key: string): boolean => /^\d+$/.test(key) && Number(key) < list.length;

/** Sets a value at every place that a pointer leads to; `-` appends to a list. Returns whether there was one. */
function setAt(value: unknown, pointer: string, wanted: unknown): boolean {
  let isSet = false;
  for (const { holder, key } of placesAt(value, parsePointer(pointer))) {
    const copy: unknown = structuredClone(wanted);
    if (!Array.isArray(holder)) holder[key] = copy;
    else if (key === '-') holder.push(copy);
    else if (isIndexOf(holder, key)) holder[Number(key)] = copy;
    else continue;
    isSet = true;
  }
  return isSet;
}

/** Removes the part at every place that a pointer leads to. Returns whether there was one. */
function removeAt(value: unknown, pointer: string): boolean {
  const places = placesAt(value, parsePointer(pointer)).filter(({ holder, key }) =>
    Array.isArray(holder) ? isIndexOf(holder, key) : Object.hasOwn(holder, key),
  );
  // From the last one, so that the indexes of the others stay valid.
  for (const place of [...places].reverse()) removePart(place);
  return places.length > 0;
}

function removePart({ holder, key }: JsonPlace): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[key];
}
