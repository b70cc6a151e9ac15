import type { Image } from '../image.ts';
import {
  type Attribute,
  equality,
  type ImageIndex,
  type IndexDesign,
  Place,
  partName,
  property,
  SCOPE,
  type Walk,
} from './image-index.ts';
import { compareScalars, type ImageOrder, orderOf, type Scalar } from './image-order.ts';
import type { Audience, Comparison, EqualityKey, ImageQuery } from './image-query.ts';

/** Value lists are answered by a walk for each combination of values; past so many, the longest is filtered instead. */
const MAX_WALKS = 1024;

interface Wanted {
  readonly attribute: Attribute;
  readonly values: readonly Scalar[];
}

type Condition = (image: Image) => boolean;

/** How a query is answered: with which index, along which walks, and what is still to be looked at in each image. */
export interface Plan {
  readonly design: IndexDesign;
  readonly backwards: boolean;
  /** Whether an image fits, whatever the index has ensured already. */
  readonly fits: Condition;
  /** Whether an image that a walk came to fits. */
  readonly fitsStill: Condition;
  /** The walks whose union is the answer, from the marker on. */
  readonly walks: (index: ImageIndex, marker: Image | undefined) => readonly Walk[];
}

/** Makes the plan of a query. */
export function planOf(query: ImageQuery): Plan {
  const { order, backwards } = orderOf(query.sort);
  const wanted = wantedOf(query);
  const [tag, ...furtherTags] = query.tags ?? [];
  const parts = partsOf(query, tag);
  const { indexed, filtered } = divide(wanted, parts.length);
  const attributes = indexed.map(({ attribute }) => attribute);
  const signature = JSON.stringify([order.signature, tag !== undefined, ...attributes.map((each) => each.signature)]);
  const range = leadRange(query, order);
  const always = [
    ...(furtherTags.length === 0 ? [] : [hasTags(furtherTags)]),
    ...(isOfStranger(query.audience) ? [isInAudience(query.audience)] : []),
    ...ranges(query),
  ];
  const fitsStill = all([...filtered.map(isWanted), ...always]);
  return {
    design: { signature, attributes, byTag: tag !== undefined, order },
    backwards,
    fitsStill,
    fits: all([
      ...wanted.map(isWanted),
      ...(tag === undefined ? [] : [hasTags([tag])]),
      ...always,
      isInDeletedState(query.deleted ?? 'exclude'),
      isInAudience(query.audience),
    ]),
    walks: (index, marker) =>
      combinations(indexed).flatMap((equal) => {
        const bounds = boundsOf(equal, range, order, marker, backwards);
        return parts.map((part) => index.walk(part, bounds.low, bounds.high, backwards));
      }),
  };
}

/** Attributes in an order of their own, so that the order of a client's parameters makes no further index. */
function wantedOf(query: ImageQuery): readonly Wanted[] {
  const wanted: Wanted[] = [];
  for (const [key, values] of Object.entries(query.equal ?? {})) {
    if (values !== undefined)
      wanted.push({
        attribute: equality(key as EqualityKey),
        values: unique(values),
      });
  }
  for (const [name, values] of Object.entries(query.properties ?? {})) {
    wanted.push({ attribute: property(name), values: unique(values) });
  }
  return wanted.sort((left, right) => compareScalars(left.attribute.signature, right.attribute.signature));
}

const unique = (values: readonly Scalar[]): readonly Scalar[] => [...new Set(values)];

function divide(wanted: readonly Wanted[], parts: number): { indexed: readonly Wanted[]; filtered: readonly Wanted[] } {
  let indexed = wanted;
  const filtered: Wanted[] = [];
  while (indexed.reduce((walks, { values }) => walks * values.length, parts) > MAX_WALKS) {
    const longest = indexed.reduce((most, each) => (each.values.length > most.values.length ? each : most));
    if (longest.values.length < 2) break;
    filtered.push(longest);
    indexed = indexed.filter((each) => each !== longest);
  }
  return { indexed, filtered };
}

function partsOf(query: ImageQuery, tag: string | undefined): readonly string[] {
  const states = { exclude: [false], include: [false, true], only: [true] }[query.deleted ?? 'exclude'];
  return states.flatMap((isDeleted) => scopesOf(query.audience).map((scope) => partName(isDeleted, scope, tag)));
}

function scopesOf(audience: Audience): readonly string[] {
  if (audience.kind === 'everyone') return [SCOPE.everyone];
  const { projectId, own, visibilities, sharedAs } = audience;
  return [
    ...(own ? [SCOPE.owner(projectId)] : []),
    ...visibilities.map(SCOPE.visibility),
    ...(audience.sharedWithAny === true ? [SCOPE.visibility('shared')] : []),
    ...sharedAs.map((status) => SCOPE.member(status, projectId)),
  ];
}

/** Whether an audience is told all images that are shared with anybody, which the indexes do not tell from others. */
const isOfStranger = (audience: Audience): boolean => audience.kind === 'project' && audience.sharedWithAny === true;

/** Whether an image is in one of the sets of an audience. */
export function isInAudience(audience: Audience): Condition {
  if (audience.kind === 'everyone') return () => true;
  const { projectId, own, visibilities, sharedAs, sharedWithAny } = audience;
  return (image) =>
    (sharedWithAny === true && image.visibility === 'shared' && image.members.length > 0) ||
    (own && image.owner === projectId) ||
    visibilities.includes(image.visibility) ||
    (image.visibility === 'shared' &&
      image.members.some(({ memberId, status }) => memberId === projectId && sharedAs.includes(status)));
}

const isInDeletedState = (asked: NonNullable<ImageQuery['deleted']>): Condition =>
  asked === 'include' ? () => true : (image) => (image.status === 'deleted') === (asked === 'only');

function isWanted({ attribute, values }: Wanted): Condition {
  const set = new Set<Scalar | undefined>(values);
  return (image) => set.has(attribute.read(image));
}

const hasTags =
  (tags: readonly string[]): Condition =>
  (image) =>
    tags.every((tag) => image.tags.includes(tag));

const all =
  (conditions: readonly Condition[]): Condition =>
  (image) =>
    conditions.every((condition) => condition(image));

const COMPARE: {
  readonly [C in Comparison]: (value: number, other: number) => boolean;
} = {
  gt: (value, other) => value > other,
  gte: (value, other) => value >= other,
  eq: (value, other) => value === other,
  neq: (value, other) => value !== other,
  lt: (value, other) => value < other,
  lte: (value, other) => value <= other,
};

function ranges({ sizeAtLeast, sizeAtMost, times }: ImageQuery): readonly Condition[] {
  const conditions: Condition[] = [];
  if (sizeAtLeast !== undefined) conditions.push(({ sizeBytes }) => sizeBytes !== null && sizeBytes >= sizeAtLeast);
  if (sizeAtMost !== undefined) conditions.push(({ sizeBytes }) => sizeBytes !== null && sizeBytes <= sizeAtMost);
  for (const { key, comparison, time } of times ?? []) {
    const compare = COMPARE[comparison];
    conditions.push((image) => compare(image[key], time));
  }
  return conditions;
}

interface Range {
  readonly low: number;
  readonly high: number;
}

/** Between which values of the first sort key the answer lies, at most; `undefined` where the query does not say. */
function leadRange({ sizeAtLeast, sizeAtMost, times }: ImageQuery, { leadKey }: ImageOrder): Range | undefined {
  const lows: number[] = [];
  const highs: number[] = [];
  if (leadKey === 'sizeBytes') {
    if (sizeAtLeast !== undefined) lows.push(sizeAtLeast);
    if (sizeAtMost !== undefined) highs.push(sizeAtMost);
  }
  for (const { key, comparison, time } of times ?? []) {
    if (key !== leadKey) continue;
    if (comparison === 'gt' || comparison === 'gte' || comparison === 'eq') lows.push(time);
    if (comparison === 'lt' || comparison === 'lte' || comparison === 'eq') highs.push(time);
  }
  if (lows.length + highs.length === 0) return undefined;
  return { low: Math.max(...lows), high: Math.min(...highs) };
}

function boundsOf(
  equal: readonly Scalar[],
  range: Range | undefined,
  order: ImageOrder,
  marker: Image | undefined,
  backwards: boolean,
): { readonly low: Place; readonly high: Place } {
  let low = new Place(equal, -1, range && { lead: range.low });
  let high = new Place(equal, 1, range && { lead: range.high });
  if (marker === undefined) return { low, high };
  const lead = order.lead(marker);
  if (backwards) {
    if (range === undefined || compareScalars(lead, range.high) <= 0) high = new Place(equal, -1, { image: marker });
  } else if (range === undefined || compareScalars(lead, range.low) >= 0) {
    low = new Place(equal, 1, { image: marker });
  }
  return { low, high };
}

function combinations(wanted: readonly Wanted[]): readonly (readonly Scalar[])[] {
  return wanted.reduce<readonly (readonly Scalar[])[]>(
    (before, { values }) => before.flatMap((equal) => values.map((value) => [...equal, value])),
    [[]],
  );
}
