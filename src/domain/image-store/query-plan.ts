import type { Image } from '../image.ts';
import type { ImageIndex } from './image-index.ts';
import { compareScalars, orderOf, type Scalar } from './image-order.ts';
import type { Audience, EqualityKey, ImageQuery } from './image-query.ts';
import { boundsOf, leadRange } from './index-bounds.ts';
import { attributeOf, type IndexDesign, type IndexedAttribute, partName, propertyOf, SCOPE } from './index-design.ts';
import type { IndexWalk } from './index-walk.ts';
import {
  all,
  hasTags,
  type ImageCondition,
  includesShared,
  isInAudience,
  isInDeletedState,
  rangeConditions,
} from './query-conditions.ts';

/** A walk serves each combination of requested values. If there are more combinations, the longest value list is filtered instead. */
const MAX_WALKS = 1024;

interface RequestedValues {
  readonly attribute: IndexedAttribute;
  readonly values: readonly Scalar[];
}

/** How a query is evaluated: with which index and walks, and what remains to be checked for each image. */
export interface QueryPlan {
  readonly design: IndexDesign;
  readonly backwards: boolean;
  /** Matches an image against the whole query. */
  readonly matches: ImageCondition;
  /** Matches an image from a walk against what the index does not guarantee. */
  readonly matchesRest: ImageCondition;
  /** The walks whose union is the result, from the marker on. */
  readonly walks: (index: ImageIndex, marker: Image | undefined) => readonly IndexWalk[];
}

/** Plans the evaluation of a query. */
export function planOf(query: ImageQuery): QueryPlan {
  const { order, backwards } = orderOf(query.sort);
  const requested = requestedValues(query);
  const [tag, ...furtherTags] = query.tags ?? [];
  const parts = partsOf(query, tag);
  const { indexed, filtered } = divide(requested, parts.length);
  const attributes = indexed.map(({ attribute }) => attribute);
  const signature = JSON.stringify([order.signature, tag !== undefined, ...attributes.map((each) => each.signature)]);
  const range = leadRange(query, order);
  const always = [
    ...(furtherTags.length === 0 ? [] : [hasTags(furtherTags)]),
    ...(includesShared(query.audience) ? [isInAudience(query.audience)] : []),
    ...rangeConditions(query),
  ];
  const matchesRest = all([...filtered.map(hasRequestedValue), ...always]);
  return {
    design: { signature, attributes, byTag: tag !== undefined, order },
    backwards,
    matchesRest,
    matches: all([
      ...requested.map(hasRequestedValue),
      ...(tag === undefined ? [] : [hasTags([tag])]),
      ...always,
      isInDeletedState(query.deleted ?? 'exclude'),
      isInAudience(query.audience),
    ]),
    walks: (index, marker) =>
      combinations(indexed).flatMap((equal) => {
        const bounds = boundsOf(equal, { order, backwards, range, marker });
        return parts.map((part) => index.walk(part, bounds));
      }),
  };
}

/** The requested values, sorted by attribute, so that the order of a client's parameters needs no further index. */
function requestedValues(query: ImageQuery): readonly RequestedValues[] {
  const requested: RequestedValues[] = [];
  for (const [key, values] of Object.entries(query.equal ?? {})) {
    if (values !== undefined)
      requested.push({
        attribute: attributeOf(key as EqualityKey),
        values: unique(values),
      });
  }
  for (const [name, values] of Object.entries(query.properties ?? {})) {
    requested.push({ attribute: propertyOf(name), values: unique(values) });
  }
  return requested.sort((left, right) => compareScalars(left.attribute.signature, right.attribute.signature));
}

const unique = (values: readonly Scalar[]): readonly Scalar[] => [...new Set(values)];

function divide(
  requested: readonly RequestedValues[],
  parts: number,
): { readonly indexed: readonly RequestedValues[]; readonly filtered: readonly RequestedValues[] } {
  let indexed = requested;
  const filtered: RequestedValues[] = [];
  while (indexed.reduce((walks, { values }) => walks * values.length, parts) > MAX_WALKS) {
    const longest = indexed.reduce((max, each) => (each.values.length > max.values.length ? each : max));
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

function hasRequestedValue({ attribute, values }: RequestedValues): ImageCondition {
  const set = new Set<Scalar | undefined>(values);
  return (image) => set.has(attribute.read(image));
}

/** Returns each combination of one value for each attribute; the last attribute changes fastest. */
function combinations(requested: readonly RequestedValues[]): readonly (readonly Scalar[])[] {
  const total = requested.reduce((count, { values }) => count * values.length, 1);
  return Array.from({ length: total }, (_, combination) => {
    const chosen = Array<Scalar>(requested.length);
    let rest = combination;
    for (let at = requested.length - 1; at >= 0; at -= 1) {
      const { values } = requested[at] as RequestedValues;
      chosen[at] = values[rest % values.length] as Scalar;
      rest = Math.floor(rest / values.length);
    }
    return chosen;
  });
}
