import { expect, test } from '@jest/globals';
import { ImageStore } from '../../src/domain/image-store/image-store.ts';
import { createLayer, type Layer } from '../../src/persistence/document-layer.ts';
import { forgetDeleted } from '../../src/persistence/forget-deleted.ts';
import { anImage } from '../support/documents.ts';

/** A layer with images that were deleted one after the other, and one that was not. */
function layerWith(ids: readonly string[], parent: Layer | null = null): Layer {
  const layer = createLayer(1, parent);
  layer.images.set('living', anImage('living'));
  for (const [at, id] of ids.entries())
    layer.images.set(id, { ...anImage(id), status: 'deleted', deletedAt: 1000 + at });
  return layer;
}

test('the images that were deleted last are kept, and all that exist', () => {
  const layer = layerWith(['a', 'b', 'c', 'd']);
  forgetDeleted([layer], 2);
  expect([...layer.images.keys()]).toEqual(['living', 'c', 'd']);
});

test('a deleted image stays as long as it hides one of a layer below, or of its base', () => {
  const parent = createLayer(0, null);
  parent.images.set('a', anImage('a'));
  const layer = layerWith(['a', 'b', 'c', 'd'], parent);
  const store = new ImageStore();
  store.put(anImage('b'));
  layer.base = store.snapshot();
  forgetDeleted([layer, parent], 1);
  expect([...layer.images.keys()]).toEqual(['living', 'a', 'b', 'd']);
  expect([...parent.images.keys()]).toEqual(['a']);
});

test('a layer with few deleted images stays as it is', () => {
  const layer = layerWith(['a', 'b']);
  forgetDeleted([layer], 2);
  expect(layer.images.size).toBe(3);
});
