import { beforeEach, expect, test } from '@jest/globals';
import { openSession, type Session } from './support.ts';

let demo: Session;
beforeEach(async () => {
  demo = await openSession();
});

const create = async (): Promise<string> => {
  const server = { name: 'vm', imageRef: demo.imageId('demo-private'), flavorRef: '2' };
  const { status, body } = await demo.send('post', '/servers').send({ server });
  expect(status).toBe(202);
  return body.server.id;
};

test('A new server is active at the pace of builds', async () => {
  demo.world.setProgress({ build: { pace: { by: 'polls', polls: 1 } } });
  const id = await create();
  const statusOf = async (): Promise<string> => (await demo.send('get', `/servers/${id}`)).body.server.status;
  expect([await statusOf(), await statusOf()]).toEqual(['BUILD', 'ACTIVE']);
});

test('The image of a server is in use until the server is deleted', async () => {
  const id = await create();
  const image = demo.imageId('demo-private');
  expect((await demo.send('delete', `/images/${image}`)).status).toBe(500);
  expect((await demo.send('delete', `/servers/${id}`)).status).toBe(204);
  expect((await demo.send('get', `/servers/${id}`)).status).toBe(404);
  expect((await demo.send('delete', `/images/${image}`)).status).toBe(204);
});
