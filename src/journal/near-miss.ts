/** An operation with its address, as a suggestion for a request that matched none. */
export interface NamedRoute {
  /** Qualified name, such as `image-v2.showImage`. */
  readonly name: string;
  /** Upper case. */
  readonly method: string;
  /** Path template including the mount, such as `/image/v2/images/{image_id}`. */
  readonly path: string;
}

/** How much of a path is compared: more segments, and longer ones, than any template has. */
const MAX_SEGMENTS = 32;
const MAX_SEGMENT_LENGTH = 128;

/** A segment of a requested path, with its lower case. */
interface Segment {
  readonly text: string;
  readonly lower: string;
}

/** Returns the candidates most similar to a request, the nearest first, each as `image-v2.showImage (GET /image/v2/images/{image_id})`. */
export function nearestOperations(
  method: string,
  path: string,
  candidates: readonly NamedRoute[],
  max = 3,
): readonly string[] {
  const segments = segmentsOf(path);
  return candidates
    .map((candidate) => ({ candidate, distance: distanceTo(candidate, method, segments) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, max)
    .map(({ candidate }) => describeRoute(candidate));
}

/** Returns the first segments of a path, each shortened, so that the time of a comparison does not depend on the path. */
function segmentsOf(path: string): readonly Segment[] {
  const segments: Segment[] = [];
  for (let start = 0; start < path.length && segments.length < MAX_SEGMENTS; ) {
    const slash = path.indexOf('/', start);
    const end = slash === -1 ? path.length : slash;
    const text = path.slice(start, Math.min(end, start + MAX_SEGMENT_LENGTH));
    if (text !== '') segments.push({ text, lower: text.toLowerCase() });
    start = end + 1;
  }
  return segments;
}

/** Formats an operation as a suggestion. */
export const describeRoute = ({ name, method, path }: NamedRoute): string => `${name} (${method} ${path})`;

/** Counts the segments to add, remove or change, weighted by difference. Another method counts less than a segment. */
function distanceTo(candidate: NamedRoute, method: string, segments: readonly Segment[]): number {
  const template = candidate.path.split('/').filter((segment) => segment !== '');
  let row = template.map((_, index) => index + 1);
  row.unshift(0);
  for (let index = 0; index < segments.length; index += 1) {
    const next = [index + 1];
    for (let at = 0; at < template.length; at += 1) {
      const change = difference(segments[index] as Segment, template[at] as string);
      next.push(Math.min((row[at] as number) + change, (row[at + 1] as number) + 1, (next[at] as number) + 1));
    }
    row = next;
  }
  return (row[template.length] as number) + (candidate.method === method ? 0 : 0.6);
}

/** Returns 0 for equal segments, a little for a path parameter, up to 1 for segments with nothing in common. */
function difference({ text, lower }: Segment, template: string): number {
  if (text === template) return 0;
  if (template.startsWith('{')) return 0.15;
  const other = template.toLowerCase();
  let common = 0;
  while (common < lower.length && common < other.length && lower[common] === other[common]) common += 1;
  return 1 - (common / Math.max(lower.length, other.length)) * 0.7;
}
