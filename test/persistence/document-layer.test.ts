import { expect, test } from '@jest/globals';
import { createLayer, documentsOf, setDocument } from '../../src/persistence/document-layer.ts';

test('A document that is added and deleted in one layer leaves nothing in it', () => {
  const layer = createLayer(2, createLayer(1, null));
  for (let at = 0; at < 100; at += 1) setDocument(layer, ['tokens', `t${at}`], { at });
  for (let at = 0; at < 100; at += 1) setDocument(layer, ['tokens', `t${at}`], null);
  expect(layer.documents.get('tokens')?.size).toBe(0);
});

test('A deletion stays while a layer below has the document, and one that is added again shows', () => {
  const lowest = createLayer(1, null);
  setDocument(lowest, ['users', 'u'], { name: 'lowest' });
  const middle = createLayer(2, lowest);
  setDocument(middle, ['users', 'u'], null);
  const top = createLayer(3, middle);
  setDocument(top, ['users', 'u'], null);
  expect([middle, top].map((layer) => layer.documents.get('users')?.get('u'))).toEqual([null, undefined]);
  expect([...(documentsOf(top).get('users') ?? [])]).toEqual([]);
  setDocument(top, ['users', 'u'], { name: 'top' });
  expect(documentsOf(top).get('users')?.get('u')).toEqual({ name: 'top' });
});
