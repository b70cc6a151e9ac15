import { expect, test } from '@jest/globals';
import { armFault } from '../../src/admin/scenarios.ts';
import { METHODS } from '../../src/contract/contract.ts';
import { DIALECTS } from '../../src/dialects/index.ts';
import type { SweepCall } from '../../src/sweep/calls.ts';
import { pointsOf } from '../../src/sweep/points.ts';
import { createTestEmulator } from '../support/emulator.ts';

const OPERATIONS = DIALECTS.flatMap(({ contract: { name, operations } }) =>
  Object.entries(operations).map(([id, operation]) => ({ name: `${name}.${id}`, operation })),
);

const callOf = (operation: string, changes: Partial<SweepCall> = {}): SweepCall => ({
  name: `${operation}#1`,
  operation,
  nth: 1,
  method: 'GET',
  url: '/',
  status: 200,
  requestBytes: 4000,
  responseBytes: 400,
  responseType: 'application/json',
  basis: '0',
  ...changes,
});

const faultsOf = (call: SweepCall): readonly string[] => pointsOf([call]).map(({ id }) => id.split('/')[1] as string);

test.each(OPERATIONS)('every point of $name is a fault that can be armed', ({ name, operation }) => {
  const emulator = createTestEmulator();
  expect(METHODS).toContain(operation.method);
  for (const responseType of ['application/json', 'application/octet-stream', '']) {
    const call = callOf(name, { method: operation.method.toUpperCase(), responseType });
    const points = pointsOf([call]);
    expect(new Set(points.map(({ id }) => id)).size).toBe(points.length);
    for (const { rule } of points) armFault(emulator.worlds.default, { ...rule }, emulator.known);
  }
});

test('a call has a point for each documented error', () => {
  const faults = faultsOf(callOf('image-v2.deleteImage', { method: 'DELETE', status: 204, responseBytes: 0 }));
  expect(faults.filter((fault) => /^\d/.test(fault))).toEqual(['403@before', '404@before']);
});

test('an error that the call gets without a fault is no point', () => {
  const faults = faultsOf(callOf('image-v2.showImage', { status: 404 }));
  expect(faults).toContain('400@before');
  expect(faults).not.toContain('404@before');
});

test('an answer can be lost only where the request changes something', () => {
  const lost = (call: SweepCall) => faultsOf(call).filter((fault) => fault.endsWith('@after'));
  expect(lost(callOf('image-v2.createImage', { method: 'POST', status: 201 }))).toContain('reset@after');
  expect(lost(callOf('image-v2.createImage', { method: 'POST', status: 409 }))).toEqual([]);
  expect(lost(callOf('image-v2.listImages'))).toEqual([]);
  expect(lost(callOf('identity.authPasswordScoped', { method: 'POST', status: 201 }))).toEqual([]);
});

test('a documented 5xx comes before and after the effect', () => {
  const upload = callOf('image-v2.uploadImageData', { method: 'PUT', status: 204, responseBytes: 0 });
  expect(faultsOf(upload)).toEqual(expect.arrayContaining(['503@before', '503@after']));
});

test('damage to a body needs a body, that to data a download, and that to an upload an upload', () => {
  const without = faultsOf(callOf('image-v2.deleteImage', { method: 'DELETE', status: 204, responseBytes: 0 }));
  expect(without.filter((fault) => /body|json|chunk|bit|upload/.test(fault))).toEqual([]);
  expect(without).toContain('twice@twice');
  const download = callOf('image-v2.downloadImageData', { responseType: 'application/octet-stream' });
  expect(faultsOf(download)).toEqual(
    expect.arrayContaining(['flipped-bit@before', 'other-checksum@before', 'cut-body@before']),
  );
  const upload = callOf('image-v2.uploadImageData', { method: 'PUT', status: 204, responseBytes: 0 });
  expect(faultsOf(upload)).toEqual(
    expect.arrayContaining(['upload-cut@before', 'upload-reset@before', 'upload-stall@before']),
  );
  expect(faultsOf(upload)).not.toContain('twice@twice');
});

test('the order goes round the calls, with lost answers and documented errors first', () => {
  const ids = pointsOf([
    callOf('image-v2.createImage', { method: 'POST', status: 201 }),
    callOf('image-v2.showImage'),
  ]).map(({ id }) => id);
  expect(ids.slice(0, 4)).toEqual([
    'image-v2.createImage#1/reset@after',
    'image-v2.showImage#1/400@before',
    'image-v2.createImage#1/close@after',
    'image-v2.showImage#1/401@before',
  ]);
});

test('Retry-After of the Rackspace APIs asks for a second, not for a minute', () => {
  const [rule] = pointsOf([callOf('rackspace-images.listImages')]).flatMap(({ fault, rule }) =>
    fault === '413' ? [rule] : [],
  );
  expect(rule?.['fault']).toEqual({ answer: 413, retryAfter: { date: 1 } });
});
