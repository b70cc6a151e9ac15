import type { Store } from '../../../domain/data/store.ts';
import type { ImageLocation } from '../../../domain/imports/locations.ts';

/** Presents a location of an image; data in a store has the address of a file in the directory of the store. */
export function presentLocation({ address, store }: ImageLocation, imageId: string, stores: readonly Store[]) {
  const metadata = store === null || store === '' ? {} : { store };
  if (address !== null) return { url: address, metadata };
  if (store === null || store === '') return { url: `file:///var/lib/glance/images/${imageId}`, metadata };
  const directory = stores.find(({ id }) => id === store)?.properties?.['data_dir'] ?? `/var/lib/glance/${store}`;
  return { url: `file://${directory}/${imageId}`, metadata };
}
