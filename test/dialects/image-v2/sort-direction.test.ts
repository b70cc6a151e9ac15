import { expect, test } from '@jest/globals';
import request from 'supertest';
import { createTestEmulator, login, NOON } from '../../support/emulator.ts';

test('applies a single direction to all sort keys and to the tie-breakers', async () => {
  const emulator = createTestEmulator({ frozenAt: NOON });
  const token = await login(emulator.app);
  const createdIds: string[] = [];
  for (let count = 0; count < 3; count += 1) {
    const response = await request(emulator.app)
      .post('/image/v2/images')
      .set('X-Auth-Token', token)
      .send({ name: 'same', disk_format: 'raw', container_format: 'bare' });
    createdIds.push(response.body.id);
    emulator.worlds.default.clock.advance(1000);
  }
  const list = async (query: string): Promise<readonly string[]> => {
    const response = await request(emulator.app).get(`/image/v2/images?name=same&${query}`).set('X-Auth-Token', token);
    return response.body.images.map(({ id }: { id: string }) => id);
  };
  expect(await list('sort_key=name&sort_key=status&sort_dir=asc')).toEqual(createdIds);
  expect(await list('sort_key=name&sort_key=status&sort_dir=desc')).toEqual([...createdIds].reverse());
  expect(await list('sort=name:asc,status:asc')).toEqual([...createdIds].reverse());
});
