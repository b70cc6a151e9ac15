import { isObject, type Json } from '../../../base/json.ts';
import type { Store } from '../../../domain/data/store.ts';
import type { Location } from '../../../domain/image.ts';
import type { LocatedData } from '../../../domain/imports/location-data.ts';
import { FAILED, GlanceError } from '../../glance/errors.ts';

/** A location while a patch changes it. */
export interface LocationEntry extends Location {
  /** Address as clients see it. */
  readonly url: string;
  /** Position among the locations before the patch, from 1; omitted for a new one. */
  readonly row?: number;
  /** Other members that the client sent; only the response to the patch shows them. */
  readonly others: Json;
}

/** What new locations are checked against. */
export interface EntryContext {
  readonly stores: readonly Store[];
  /** What was found at the addresses of the patch. */
  readonly located: ReadonlyMap<string, LocatedData>;
  /** Bytes that the project of the caller may still store. */
  readonly remainingBytes: number;
}

/** Presents the metadata of a location, which names its store; a single store has no name. */
export const metadataOf = ({ metadata, store }: Pick<Location, 'metadata' | 'store'>): Json =>
  store === '' ? metadata : { ...metadata, store };

/** Returns whether the service can add an address: those of a store of type http. */
export const httpStoreOf = (url: string, stores: readonly Store[]): string | undefined =>
  /^https?:\/\//.test(url) ? stores.find(({ type }) => type === 'http')?.id : undefined;

/** A location as a client sends it, which has passed the schema. */
export function entryOf(value: Json, url: string, rest: Pick<Location, 'store' | 'address'>): LocationEntry {
  const { url: _url, metadata, ...others } = value;
  const { store: _store, ...noted } = metadata as Json;
  return { ...rest, url, metadata: noted, others };
}

/**
 * Returns the entries of new locations.
 * @param present - the locations that the image has.
 * @throws GlanceError 400 for an address that the service does not support, that returns nothing, or that is there already;
 *   413 for data over the quota of the project; 500 for metadata that it cannot store.
 */
export function newEntries(
  values: readonly Json[],
  present: readonly LocationEntry[],
  context: EntryContext,
): readonly LocationEntry[] {
  const found = values.map((value) => [value, checkAddress(String(value['url']), context)] as const);
  const bytes = found.reduce((sum, [, { sizeBytes }]) => sum + sizeBytes, 0);
  if (bytes > context.remainingBytes) throw overQuota(bytes, context.remainingBytes);
  const all = [...present];
  for (const [value, { store }] of found) {
    const url = String(value['url']);
    const entry = entryOf(value, url, { store, address: url });
    if (all.some((other) => isSame(other, entry))) throw new GlanceError(400, `The location ${url} already exists`);
    all.push(entry);
  }
  const added = all.slice(present.length);
  if (!added.every(({ metadata }) => isStorable(metadata))) throw new GlanceError(500, FAILED);
  return added;
}

/** Returns the store of an address, and the size of its data. */
function checkAddress(url: string, { stores, located }: EntryContext) {
  const store = httpStoreOf(url, stores);
  if (store === undefined) throw invalid();
  const [, port] = /^https?:\/\/[^/?#]*:(\d+)/.exec(url) ?? [];
  if (Number(port ?? 0) > 65_535) throw new GlanceError(400, `Failed to parse: ${url}`);
  const data = located.get(url);
  if (data?.kind === 'missing') throw invalid();
  if (data?.kind !== 'data') throw new GlanceError(400, 'The Store URI was malformed.');
  return { store, sizeBytes: data.sizeBytes };
}

const invalid = (): GlanceError => new GlanceError(400, 'Invalid location');

const overQuota = (bytes: number, remaining: number): GlanceError =>
  new GlanceError(
    413,
    `Denying attempt to upload image because it exceeds the quota: The size of the data ${bytes} will exceed the limit. ${remaining} bytes remaining.`,
  );

const isSame = (one: LocationEntry, other: LocationEntry): boolean =>
  one.url === other.url && isEqual(metadataOf(one), metadataOf(other));

function isEqual(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, index) => isEqual(item, other[index]));
  }
  if (!isObject(one) || !isObject(other)) return one === other;
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => isEqual(one[name], other[name]));
}

/** Returns whether the service can store metadata: strings, and lists and objects of them. */
function isStorable(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isStorable);
  return isObject(value) ? Object.values(value).every(isStorable) : typeof value === 'string';
}
