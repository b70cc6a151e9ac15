import type { Json } from '../../../base/json.ts';
import type { Cloud } from '../../../cloud.ts';
import type { Caller } from '../../../domain/caller.ts';
import type { Store } from '../../../domain/data/store.ts';
import type { Image } from '../../../domain/image.ts';
import type { LocatedData } from '../../../domain/imports/location-data.ts';
import { locationsOf } from '../../../domain/imports/locations.ts';
import type { PatchStep } from '../../glance/image-patch/json-patch.ts';
import { pythonJson, pythonString } from '../../glance/python-json.ts';
import { presentLocation } from '../import/locations.ts';
import { choiceOf, peekChoice } from '../profiles.ts';
import { httpStoreOf, type LocationEntry, metadataOf } from './location-entries.ts';
import { LocationPatch } from './location-patch.ts';

/** What a world shows of the locations of its images. */
export interface LocationView {
  readonly showsLocations: boolean;
  readonly showsDirectUrl: boolean;
  readonly stores: readonly Store[];
  /** The locations in another order than the image has them: those of a patch. */
  readonly entries?: readonly LocationEntry[];
}

/** Returns what a world shows of locations; `undefined` for nothing, the default of the service. */
export function locationViewOf(cloud: Cloud): LocationView | undefined {
  const showsLocations = peekChoice(cloud, 'locations') === 'shown';
  const showsDirectUrl = peekChoice(cloud, 'direct-url') === 'shown';
  return showsLocations || showsDirectUrl ? { showsLocations, showsDirectUrl, stores: cloud.stores } : undefined;
}

/** Returns the locations of an image with the addresses that clients see. */
export const entriesOf = (image: Image, stores: readonly Store[]): readonly LocationEntry[] =>
  locationsOf(image, stores).map((location, index) => ({
    ...location,
    url: presentLocation(location, image.id, stores).url,
    row: index + 1,
    others: {},
  }));

/**
 * Returns the JSON text of the members of an image that show its locations.
 * @param isShown - whether the caller sees where the data is; otherwise the list is empty.
 */
export function locationMembers(image: Image, view: LocationView, isShown: boolean): string {
  const entries = isShown ? (view.entries ?? entriesOf(image, view.stores)) : [];
  const [first] = entries;
  const shown = entries.map((entry) => ({ url: entry.url, metadata: metadataOf(entry), ...entry.others }));
  const list = view.showsLocations ? `"locations": ${pythonJson(shown)}, ` : '';
  return view.showsDirectUrl && first !== undefined ? `${list}"direct_url": ${pythonString(first.url)}, ` : list;
}

/**
 * Prepares the steps of a patch that change locations: reads what is at their addresses.
 * @returns `undefined` without such steps, and in worlds that hide locations.
 * @throws DomainError `image-not-found`.
 */
export async function locationPatchOf(
  steps: readonly PatchStep[],
  imageId: string,
  { cloud, caller }: { readonly cloud: Cloud; readonly caller: Caller },
): Promise<LocationPatch | undefined> {
  const changes = steps.filter(({ name }) => name === 'locations');
  if (changes.length === 0 || choiceOf(cloud, 'locations') === 'hidden') return undefined;
  const { stores, limits, hashing, images } = cloud;
  const { locations } = cloud.imports;
  // An empty change looks the image up without changing it.
  const image = images.change(caller, imageId, () => ({}));
  const urls = new Set(changes.flatMap(({ value }) => ([value ?? []].flat() as Json[]).map(({ url }) => String(url))));
  const located = new Map<string, LocatedData>();
  for (const url of urls) {
    if (httpStoreOf(url, stores) !== undefined) located.set(url, await locations.locate(caller, image, url));
  }
  return new LocationPatch({
    image,
    entries: entriesOf(image, stores),
    stores,
    located,
    remainingBytes: locations.remainingStorage(caller),
    maximum: limits.imageLocationQuota ?? Number.POSITIVE_INFINITY,
    hashing,
  });
}
