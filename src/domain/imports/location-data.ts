import type { Caller } from '../caller.ts';
import type { ImageData } from '../data/image-data.ts';
import type { Image } from '../image.ts';
import { SourceStatusError } from './downloads.ts';
import { fetchData } from './fetch-data.ts';
import type { ImportsDependencies } from './imports-dependencies.ts';

/** What is found at an address: data, nothing (404), or no usable response. */
export type LocatedData =
  | { readonly kind: 'data'; readonly data: ImageData; readonly sizeBytes: number }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreachable' };

/**
 * Reads the data at an address that a client gives as a location.
 * @param address - an absolute address; its fragment is ignored.
 */
export async function locate(
  dependencies: ImportsDependencies,
  { source: fault }: Caller,
  { image, address }: { readonly image: Image; readonly address: string },
): Promise<LocatedData> {
  const from = address.replace(/#.*/s, '').replaceAll(' ', '%20');
  if (!dependencies.sources.allows(from, fault)) return { kind: 'unreachable' };
  const { data, cause } = await fetchData(dependencies, { image, address: from, lengthCheck: 'none', fault });
  if (data !== undefined) return { kind: 'data', data: data.data, sizeBytes: data.sizeBytes };
  return { kind: cause instanceof SourceStatusError && cause.status === 404 ? 'missing' : 'unreachable' };
}
