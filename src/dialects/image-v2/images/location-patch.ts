import type { Json } from '../../../base/json.ts';
import type { HashAlgorithm } from '../../../domain/data/image-data.ts';
import type { Image } from '../../../domain/image.ts';
import type { ImageChanges, NewLocations, Permit } from '../../../domain/images/image-changes.ts';
import { DomainError } from '../../../domain/problem.ts';
import { GlanceError } from '../../glance/errors.ts';
import type { PatchStep } from '../../glance/image-patch/json-patch.ts';
import type { LocationSteps } from '../../glance/image-patch/patch.ts';
import { pythonRepr } from '../../glance/python-repr.ts';
import { checkDigests } from './location-digests.ts';
import { type EntryContext, entryOf, type LocationEntry, metadataOf, newEntries } from './location-entries.ts';

/** What the locations of an image are patched with. */
export interface LocationPatchContext extends EntryContext {
  readonly image: Image;
  /** The locations of the image, in their order. */
  readonly entries: readonly LocationEntry[];
  /** Maximum number of locations of an image. */
  readonly maximum: number;
  readonly hashing: HashAlgorithm;
}

/** Applies the steps of a patch to the locations of an image, as a service that shows them does. */
export class LocationPatch implements LocationSteps {
  readonly #context: LocationPatchContext;
  #entries: readonly LocationEntry[];
  #digests: NewLocations['digests'];
  #changed: NewLocations | undefined;

  constructor(context: LocationPatchContext) {
    this.#context = context;
    this.#entries = context.entries;
  }

  get changed(): NewLocations | undefined {
    return this.#changed;
  }

  /** The locations in the order that the patch gave them, which only its response shows. */
  get entries(): readonly LocationEntry[] {
    return this.#entries;
  }

  apply({ op, item = '', value }: PatchStep, changes: ImageChanges, permit: Permit | undefined): void {
    if (op === 'remove') this.#remove(item, permit);
    else if (op === 'add') this.#add(item, value as Json, changes, permit);
    else this.#replace(value as readonly Json[], changes, permit);
  }

  #remove(item: string, permit: Permit | undefined): void {
    permit?.({ locations: { locations: this.#entries } });
    this.#checkStatus('remove', ['active']);
    if (this.#entries.length === 1) throw denied('Cannot remove last location in the image.');
    const position = item === '-' ? this.#entries.length - 1 : positionOf(item);
    if (position === undefined || position >= this.#entries.length) {
      throw new GlanceError(400, 'Invalid position for removing a location.');
    }
    this.#set(this.#entries.filter((_entry, index) => index !== position));
  }

  #add(item: string, value: Json, changes: ImageChanges, permit: Permit | undefined): void {
    this.#checkStatus('add', ['active', 'queued']);
    const digests = this.#checkDigests(value);
    const position = item === '-' ? this.#entries.length : positionOf(item);
    if (position === undefined) throw new GlanceError(400, 'Invalid position for adding a location.');
    this.#checkNumber(this.#entries.length + 1);
    const added = newEntries([value], this.#entries, this.#context);
    this.#checkFormats(changes);
    permit?.({ locations: { locations: this.#entries } });
    this.#digests = digests ?? this.#digests;
    this.#set([...this.#entries.slice(0, position), ...added, ...this.#entries.slice(position)]);
  }

  #replace(values: readonly Json[], changes: ImageChanges, permit: Permit | undefined): void {
    if (values.length === 0) throw denied('Cannot set locations to empty list.');
    this.#checkStatus('replace', ['active', 'queued']);
    let digests: NewLocations['digests'];
    for (const value of values) digests = this.#checkDigests(value) ?? digests;
    this.#checkNumber(values.length);
    const entries = this.#entries.length === 0 ? newEntries(values, [], this.#context) : this.#rewritten(values);
    this.#checkFormats(changes);
    permit?.({ locations: { locations: this.#entries } });
    this.#digests = digests ?? this.#digests;
    this.#set(entries);
  }

  /** The locations that an image has, with new metadata or in another order: their addresses stay the same. */
  #rewritten(values: readonly Json[]): readonly LocationEntry[] {
    const left = [...this.#entries];
    const entries = values.flatMap((value) => {
      const at = left.findIndex(({ url }) => url === value['url']);
      const [found] = at < 0 ? [] : left.splice(at, 1);
      return found === undefined ? [] : [entryOf(value, found.url, found)];
    });
    if (left.length > 0 || entries.length < values.length) {
      throw new GlanceError(400, `Original locations is not empty: ${pythonRepr(this.#entries.map(recordOf))}`);
    }
    return entries.map(({ store, address, url, metadata, others }) => ({ store, address, url, metadata, others }));
  }

  #set(entries: readonly LocationEntry[]): void {
    this.#entries = entries;
    const { image, located } = this.#context;
    const first = located.get(entries[0]?.url ?? '');
    const data = first?.kind === 'data' ? { data: first.data, sizeBytes: first.sizeBytes } : undefined;
    this.#changed = {
      // New locations are stored after those that were there.
      locations: [
        ...entries.filter(({ row }) => row !== undefined),
        ...entries.filter(({ row }) => row === undefined),
      ].map(({ store, address, metadata }) => ({ store, address, metadata })),
      ...(image.status === 'queued' && { data }),
      digests: this.#digests,
    };
  }

  #checkStatus(action: string, allowed: readonly string[]): void {
    const status = this.#changed?.data === undefined ? this.#context.image.status : 'active';
    if (allowed.includes(status)) return;
    throw new GlanceError(409, `It's not allowed to ${action} locations if image status is ${status}.`);
  }

  #checkDigests(value: Json): NewLocations['digests'] {
    const { image, hashing } = this.#context;
    const isQueued = image.status === 'queued' && this.#changed === undefined;
    return checkDigests(value, { image: { ...image, ...this.#digests }, isQueued, hashing });
  }

  #checkNumber(attempted: number): void {
    const { maximum } = this.#context;
    if (attempted > maximum) throw new DomainError({ kind: 'too-many', what: 'locations', attempted, maximum });
  }

  /** An image needs its formats before it has data. */
  #checkFormats(changes: ImageChanges): void {
    const { image } = this.#context;
    const missing = (['diskFormat', 'containerFormat'] as const).filter(
      (format) => (changes[format] === undefined ? image[format] : changes[format]) === null,
    );
    if (missing.length > 0) throw new DomainError({ kind: 'formats-missing', imageId: image.id, missing });
  }
}

const denied = (detail: string): GlanceError =>
  new GlanceError(403, { message: 'Access was denied to this resource.', detail });

/** Parses a position as Python's `int` does; `undefined` for none. */
const positionOf = (item: string): number | undefined => (/^\+?\d+$/.test(item) ? Number(item) : undefined);

/** A location as the service prints it. */
const recordOf = (entry: LocationEntry) => ({
  ...(entry.row !== undefined && { id: entry.row }),
  url: entry.url,
  metadata: metadataOf(entry),
  status: 'active',
});
