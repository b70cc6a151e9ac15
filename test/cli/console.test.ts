import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Sideglance, startSideglance } from '../../src/index.ts';
import { run, startCli, untilOutput } from '../support/cli.ts';
import { filesOf } from '../support/files.ts';

let cloud: Sideglance;
let file: string;
beforeAll(async () => {
  cloud = await startSideglance({ port: 0 });
  const world = cloud.worlds.create({ name: 't17' });
  await fetch(`${world.url}/image/v2/images`);
  file = filesOf({})('lists images.json');
  world.writeRecording(file, { kind: 'test', name: 'lists images' });
});
afterAll(() => cloud.close());

describe('sideglance report', () => {
  test('writes one page with the recording inside, which may send no requests', async () => {
    const output = filesOf({})('report.html');
    expect(await run(['report', file, '-o', output])).toMatchObject({ code: 0, stdout: `${output}\n` });
    const page = readFileSync(output, 'utf8');
    const [, data = ''] =
      /<script type="text\/plain" id="recording" data-file="lists images.json">(.*?)<\/script>/.exec(page) ?? [];
    expect(gunzipSync(Buffer.from(data, 'base64')).toString()).toBe(readFileSync(file, 'utf8'));
    expect(page).toContain("connect-src 'none'");
    expect(page).not.toMatch(/ (?:src|href)="(?!data:)/);
  });

  test('writes the page to standard output without -o', async () => {
    expect((await run(['report', file])).stdout).toMatch(/^<!doctype html>/);
  });

  test.each([
    ['what is no recording', { 'a.json': '{"format":"other"}' }, 'allowed: sideglance-recording'],
    ['a newer version', { 'a.json': '{"format":"sideglance-recording","version":99}' }, 'newer version'],
    ['a file that does not exist', {}, 'file not found'],
  ])('rejects %s, and writes nothing', async (_what, files, message) => {
    const path = filesOf(files);
    const { code, stderr } = await run(['report', path('a.json'), '-o', path('b.html')]);
    expect([code, existsSync(path('b.html'))]).toEqual([2, false]);
    expect(stderr).toContain(message);
  });
});

describe('sideglance open', () => {
  const opened = async (source: string): Promise<{ readonly url: URL; stop(): void }> => {
    const command = startCli(['open', source, '--no-browser']);
    await untilOutput(command, () => command.output().includes('\n'));
    return { url: new URL(command.output().trim()), stop: () => command.stop() };
  };

  test('serves the page and the recording on an address of this machine, which it prints', async () => {
    const { url } = await opened(file);
    expect(url.href).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?file=/);
    expect(await (await fetch(url)).text()).toContain('<script type="module">');
    const named = new URL(encodeURIComponent(url.searchParams.get('file') ?? ''), url);
    expect(await (await fetch(named)).text()).toBe(readFileSync(file, 'utf8'));
    expect((await fetch(new URL('/etc/passwd', url))).status).toBe(404);
  });

  test('takes the address of a recording', async () => {
    const { url } = await opened(`${cloud.url}/__admin/recording`);
    const named = new URL(url.searchParams.get('file') ?? '', url);
    expect(await (await fetch(named)).json()).toMatchObject({ format: 'sideglance-recording' });
  });

  test('rejects a file that is no recording', async () => {
    const other = filesOf({})('other.json');
    writeFileSync(other, '[]');
    expect(await run(['open', other, '--no-browser'])).toMatchObject({ code: 2 });
    expect(await run(['open', 'http://127.0.0.1:1/a.json', '--no-browser'])).toMatchObject({ code: 1 });
  });
});
