import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ImageDataView } from '../../src/admin/image-data.ts';
import { type Sideglance, startSideglance } from '../../src/index.ts';

let cloud: Sideglance;
beforeAll(async () => {
  cloud = await startSideglance();
});
afterAll(() => cloud.close());

const read = async (id: string, query = '') => {
  const response = await fetch(`${cloud.url}/__admin/images/${id}/data${query}`);
  return { status: response.status, body: (await response.json()) as ImageDataView };
};
const textOf = (base64: string): string => Buffer.from(base64, 'base64').toString('latin1');

test('The first bytes of image data are returned, with its size and format', async () => {
  const { id } = cloud.images.place({ name: 'text', data: { text: 'Hello, disk' } });
  const { status, body } = await read(id);
  expect([status, textOf(body.base64)]).toEqual([200, 'Hello, disk']);
  expect(body).toMatchObject({ image: id, size: 11, start: 0, format: 'raw', virtualSize: 512 });
});

test('A part in the middle and past the end is returned', async () => {
  const { id } = cloud.images.place({ name: 'part', data: { text: 'Hello, disk' } });
  expect(textOf((await read(id, '?start=7&length=2')).body.base64)).toBe('di');
  expect(textOf((await read(id, '?start=7&length=100')).body.base64)).toBe('disk');
  expect((await read(id, '?start=500')).body).toMatchObject({ base64: '', start: 500 });
});

test('The format is that of the data, whatever the image declares', async () => {
  const head = Buffer.alloc(512);
  head.write('QFI\xfb', 0, 'latin1');
  head.writeUInt32BE(3, 4);
  head.writeBigUInt64BE(2n ** 30n, 24);
  const { id } = cloud.images.place({ name: 'qcow2', diskFormat: 'raw', data: { base64: head.toString('base64') } });
  expect((await read(id)).body).toMatchObject({ format: 'qcow2', virtualSize: 2 ** 30 });
});

test('A part of virtual data of two TiB is read at once', async () => {
  const { id } = cloud.images.place({ name: 'large', data: { virtual: { size: '2TiB' } } });
  const { body } = await read(id, `?start=${2 ** 40}&length=16`);
  expect([body.size, Buffer.from(body.base64, 'base64').length]).toEqual([2 ** 41, 16]);
});

test('Images without data get 409, unknown ones 404, and too many bytes 400', async () => {
  const { id } = cloud.images.place({ name: 'empty', status: 'queued' });
  expect([(await read(id)).status, (await read('none')).status, (await read(id, '?length=70000')).status]).toEqual([
    409, 404, 400,
  ]);
});
