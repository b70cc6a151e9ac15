import { afterEach, expect, test } from '@jest/globals';
import request from 'supertest';
import { type Sideglance, startSideglance } from '../../../src/index.ts';
import { login } from '../../support/emulator.ts';
import { filesOf } from '../../support/files.ts';

const ADDRESS = 'http://files.example.org/disk';
const FIXTURES = { web: { [ADDRESS]: { base64: 'aGVsbG8=', bytesPerSecond: 5 } } };

let cloud: Sideglance;
afterEach(() => cloud.close());

/** Imports the address, lets a second pass, and returns the size of the image. */
async function importedSize(): Promise<number | null> {
  const token = await login(cloud.url);
  const images = `${cloud.url}/image/v2/images`;
  const formats = { disk_format: 'raw', container_format: 'bare' };
  const { id } = (await request(images).post('').set('X-Auth-Token', token).send(formats)).body;
  const body = { method: { name: 'web-download', uri: ADDRESS } };
  await request(images).post(`/${id}/import`).set('X-Auth-Token', token).send(body);
  await request(cloud.url).put('/__admin/clock').send({ advance: '1s' });
  return (await request(images).get(`/${id}`).set('X-Auth-Token', token)).body.size;
}

test('files elsewhere are in the state file, and a reset after a restart restores those of the fixtures', async () => {
  const state = filesOf({})('state.json');
  cloud = await startSideglance({ fixtures: FIXTURES, state });
  await request(cloud.url)
    .put('/__admin/configuration')
    .send({ web: { [ADDRESS]: 'changed' } });
  await cloud.close();
  cloud = await startSideglance({ state });
  expect(await importedSize()).toBe('changed'.length);
  await request(cloud.url).post('/__admin/reset');
  expect(await importedSize()).toBe('hello'.length);
});
