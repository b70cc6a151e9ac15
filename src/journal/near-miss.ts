/** An operation with its address, as a suggestion for a request that matched none. */
export interface NamedRoute {
  /** Qualified name, such as `image-v2.showImage`. */
  readonly name: string;
  /** Upper case. */
  readonly method: string;
  /** Path template including the mount, such as `/image/v2/images/{image_id}`. */
  readonly path: string;
}

/** Returns the candidates most similar to a request, the nearest first, each as `image-v2.showImage (GET /image/v2/images/{image_id})`. */
export function nearestOperations(
  method: string,
  path: string,
  candidates: readonly NamedRoute[],
  max = 3,
): readonly string[] {
  const segments = path.split('/').filter((segment) => segment !== '');
  return candidates
    .map((candidate) => ({ candidate, distance: distanceTo(candidate, method, segments) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, max)
    .map(({ candidate }) => `${candidate.name} (${candidate.method} ${candidate.path})`);
}

/** Counts the segments to add, remove or change, weighted by difference. Another method counts less than a segment. */
function distanceTo(candidate: NamedRoute, method: string, segments: readonly string[]): number {
  const template = candidate.path.split('/').filter((segment) => segment !== '');
  let row = template.map((_, index) => index + 1);
  row.unshift(0);
  for (let index = 0; index < segments.length; index += 1) {
    const next = [index + 1];
    for (let at = 0; at < template.length; at += 1) {
      const change = difference(segments[index] as string, template[at] as string);
      next.push(Math.min((row[at] as number) + change, (row[at + 1] as number) + 1, (next[at] as number) + 1));
    }
    row = next;
  }
  return (row[template.length] as number) + (candidate.method === method ? 0 : 0.6);
}

/** Returns 0 for equal segments, a little for a path parameter, up to 1 for segments with nothing in common. */
function difference(segment: string, template: string): number {
  if (segment === template) return 0;
  if (template.startsWith('{')) return 0.15;
  const a = segment.toLowerCase();
  const b = template.toLowerCase();
  let common = 0;
  while (common < a.length && common < b.length && a[common] === b[common]) common += 1;
  return 1 - (common / Math.max(a.length, b.length)) * 0.7;
}
