/**
 * Cleans a path as web servers in front of Python services do: removes a fragment, and resolves segments of dots that are not
 * percent-encoded.
 */
export function cleanPath(path: string): string {
  const mark = path.indexOf('#');
  const plain = mark === -1 ? path : path.slice(0, mark);
  return plain.includes('/.') ? resolveDots(plain) : plain;
}

function resolveDots(path: string): string {
  const kept: string[] = [];
  const segments = path.split('/').slice(1);
  for (const [index, segment] of segments.entries()) {
    const isDots = segment === '.' || segment === '..';
    if (segment === '..') kept.pop();
    // A path that ends in dots names a folder.
    if (!isDots) kept.push(segment);
    else if (index === segments.length - 1) kept.push('');
  }
  return `/${kept.join('/')}`;
}
