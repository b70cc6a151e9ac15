import { writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { type Served, serve, untilOutput } from '../support/cli.ts';
import { login } from '../support/emulator.ts';
import { filesOf } from '../support/files.ts';

const scenario = (name: string, status: number, more = ''): string =>
  `scenario: ${name}\ndescription: Lists fail.\n${more}rules:\n  - match: { operation: image-v2.listImages }\n    fault: { answer: ${status} }\n`;

const imagesOf = async ({ url }: Served): Promise<readonly string[]> => {
  const headers = { 'X-Auth-Token': await login(url) };
  const response = await fetch(`${url}/image/v2/images?visibility=public`, { headers });
  return ((await response.json()) as { images: { name: string }[] }).images.map(({ name }) => name);
};

const statusOf = async ({ url }: Served): Promise<number> =>
  (await fetch(`${url}/image/v2/images`, { headers: { 'X-Auth-Token': await login(url) } })).status;

test('--watch loads fixtures again, and keeps the old ones and says why when a file is wrong', async () => {
  const path = filesOf({ 'cloud.yaml': 'images: [{ name: one, visibility: public }]\n' });
  const server = await serve(['--watch', '--fixtures', path('cloud.yaml')]);
  expect(await imagesOf(server)).toEqual(['one']);
  writeFileSync(path('cloud.yaml'), 'images: [{ name: two, visibility: pubic }]\n');
  await untilOutput(server, () => server.errors().includes('fixtures stay as they were'));
  expect(server.errors()).toContain('/images/0/visibility');
  expect(await imagesOf(server)).toEqual(['one']);
  writeFileSync(path('cloud.yaml'), 'images: [{ name: three, visibility: public }]\n');
  await untilOutput(server, () => server.output().includes('loaded fixtures again'));
  expect(await imagesOf(server)).toEqual(['three']);
});

test('--watch loads scenarios of a folder again: enabled ones stay enabled, and new files count', async () => {
  const path = filesOf({ 'a.yaml': scenario('lists', 400, 'enabled: true\n') });
  const server = await serve(['--watch', '--scenarios', path('.')]);
  expect(await statusOf(server)).toBe(400);
  writeFileSync(path('a.yaml'), scenario('lists', 403, 'enabled: true\n'));
  await untilOutput(server, () => server.output().includes('loaded lists again'));
  expect(await statusOf(server)).toBe(403);
  writeFileSync(path('b.yaml'), scenario('lists', 403));
  await untilOutput(server, () => server.errors().includes('another scenario has this name'));
  expect(await statusOf(server)).toBe(403);
  writeFileSync(path('b.yaml'), scenario('more', 403));
  await untilOutput(server, () => server.output().includes('loaded more again'));
  const response = await fetch(`${server.url}/__admin/scenarios/more`);
  expect(response.status).toBe(200);
});
