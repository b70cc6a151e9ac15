import type { Layer } from './document-layer.ts';

/** How many deleted images a layer keeps at least, so that their ids stay taken after a restart. */
export const MAX_DELETED_RECORDS = 50_000;

/**
 * Removes the images that were deleted first from layers that have many of them, as the operator of a real service purges its
 * database. Deleted images that hide one of a layer below stay.
 * @param max - how many deleted images each layer keeps.
 */
export function forgetDeleted(layers: Iterable<Layer>, max = MAX_DELETED_RECORDS): void {
  for (const layer of layers) {
    if (layer.images.size <= max) continue;
    const deleted = [...layer.images.values()].filter(({ status, id }) => status === 'deleted' && !isBelow(layer, id));
    if (deleted.length <= max) continue;
    deleted.sort((one, other) => (one.deletedAt ?? 0) - (other.deletedAt ?? 0));
    for (const { id } of deleted.slice(0, deleted.length - max)) layer.images.delete(id);
  }
}

/** Whether the base of a layer, or a layer below it, has an image. */
function isBelow({ base, parent }: Layer, id: string): boolean {
  if (base?.base.images.has(id) === true) return true;
  for (let each = parent; each !== null; each = each.parent) {
    if (each.images.has(id) || each.base?.base.images.has(id) === true) return true;
  }
  return false;
}
