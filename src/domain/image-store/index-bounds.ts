import type { Image } from '../image.ts';
import { compareScalars, type ImageOrder, type Scalar } from './image-order.ts';
import type { Comparison, ImageQuery } from './image-query.ts';
import { IndexPosition, type IndexRange } from './index-walk.ts';

/** Values of the first sort key between which all matching images lie. */
export interface LeadRange {
  readonly low: number;
  readonly high: number;
}

const BOUNDS_BELOW: ReadonlySet<Comparison> = new Set(['gt', 'gte', 'eq']);
const BOUNDS_ABOVE: ReadonlySet<Comparison> = new Set(['lt', 'lte', 'eq']);

/** The range of the first sort key that a query asks for; `undefined` if it does not restrict it. */
export function leadRange({ sizeAtLeast, sizeAtMost, times = [] }: ImageQuery, { leadKey }: ImageOrder) {
  const bounds = times.filter(({ key }) => key === leadKey);
  const lows = bounds.filter(({ comparison }) => BOUNDS_BELOW.has(comparison)).map(({ time }) => time);
  const highs = bounds.filter(({ comparison }) => BOUNDS_ABOVE.has(comparison)).map(({ time }) => time);
  if (leadKey === 'sizeBytes') {
    if (sizeAtLeast !== undefined) lows.push(sizeAtLeast);
    if (sizeAtMost !== undefined) highs.push(sizeAtMost);
  }
  if (lows.length + highs.length === 0) return undefined;
  return { low: Math.max(...lows), high: Math.min(...highs) };
}

/** What the bounds of all walks of one query have in common. */
export interface BoundsContext {
  readonly order: ImageOrder;
  readonly backwards: boolean;
  readonly range: LeadRange | undefined;
  /** Image after which the page starts. */
  readonly marker: Image | undefined;
}

/** The range of an index that holds the images with these attribute values, from the marker on. */
export function boundsOf(equal: readonly Scalar[], { order, backwards, range, marker }: BoundsContext): IndexRange {
  const low = new IndexPosition(equal, -1, range && { lead: range.low });
  const high = new IndexPosition(equal, 1, range && { lead: range.high });
  if (marker === undefined) return { low, high, backwards };
  const lead = order.lead(marker);
  if (backwards) {
    const isInside = range === undefined || compareScalars(lead, range.high) <= 0;
    return { low, high: isInside ? new IndexPosition(equal, -1, { image: marker }) : high, backwards };
  }
  const isInside = range === undefined || compareScalars(lead, range.low) >= 0;
  return { low: isInside ? new IndexPosition(equal, 1, { image: marker }) : low, high, backwards };
}
