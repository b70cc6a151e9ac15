import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { EXAMPLES } from '../../src/admin/examples.ts';
import { ADMIN_OPERATIONS, type AdminOperationId } from '../../src/admin/operations/index.ts';
import { compile } from '../../src/contract/schema.ts';
import { type Sideglance, startSideglance } from '../../src/index.ts';

let cloud: Sideglance;
beforeAll(async () => {
  cloud = await startSideglance();
});
afterAll(() => cloud.close());

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${cloud.url}${path}`, { headers });

/** The Accept header of browsers. */
const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

interface Problem {
  readonly error: { readonly message: string; readonly allowed: readonly string[] };
}

describe('GET /__admin', () => {
  test.each(['/__admin', '/__admin/'])('lists the operations as JSON at %s', async (path) => {
    const response = await get(path);
    expect(response.headers.get('content-type')).toContain('application/json');
    const index = (await response.json()) as { worlds: string[]; openapi: string; operations: { path: string }[] };
    expect(index).toMatchObject({ name: 'sideglance', version: cloud.version, world: 'default', worlds: ['default'] });
    expect(index.operations).toHaveLength(Object.keys(ADMIN_OPERATIONS).length);
    expect(index.operations).toContainEqual({
      id: 'listImages',
      method: 'GET',
      path: '/__admin/images',
      summary: expect.any(String),
      tag: 'images',
    });
    expect((await fetch(index.openapi)).status).toBe(200);
  });

  test('has the paths of its world', async () => {
    const world = cloud.worlds.create({ name: 'other' });
    const index = (await (await fetch(`${world.url}/__admin`)).json()) as { operations: { path: string }[] };
    expect(index.operations.map(({ path }) => path)).toContain('/w/other/__admin/images');
    cloud.worlds.drop('other');
  });

  test('is the console for browsers, with a policy for its own script and style', async () => {
    const response = await get('/__admin', { Accept: BROWSER });
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const page = await response.text();
    const hashOf = (element: RegExp) =>
      createHash('sha256')
        .update(element.exec(page)?.[1] ?? '')
        .digest('base64');
    expect(response.headers.get('content-security-policy')).toBe(
      `default-src 'none'; script-src 'sha256-${hashOf(/<script type="module">(.*?)<\/script>/s)}'; ` +
        `style-src 'sha256-${hashOf(/<style>(.*?)<\/style>/s)}'; img-src data:; connect-src 'self'; base-uri 'none'; ` +
        "form-action 'none'; frame-ancestors 'none'",
    );
    expect(page).not.toMatch(/ (?:src|href)="(?!data:)/);
  });

  test('has at most 100 KiB of console, compressed', async () => {
    const page = await (await get('/__admin/', { Accept: BROWSER })).text();
    expect(gzipSync(page).length).toBeLessThan(100 * 1024);
  });

  test('sends the console once, and then confirms that it has not changed', async () => {
    const first = await get('/__admin', { Accept: BROWSER });
    const etag = first.headers.get('etag') ?? '';
    const second = await get('/__admin', { Accept: BROWSER, 'If-None-Match': etag });
    expect([first.status, second.status, await second.text()]).toEqual([200, 304, '']);
    const head = await fetch(`${cloud.url}/__admin`, { method: 'HEAD', headers: { Accept: BROWSER } });
    expect([head.status, head.headers.get('etag')]).toEqual([200, etag]);
  });

  test('is the console for each world, and nothing while the admin API is off', async () => {
    const world = cloud.worlds.create({ name: 'other' });
    expect(await (await fetch(`${world.url}/__admin`, { headers: { Accept: BROWSER } })).text()).toContain('<script');
    cloud.worlds.drop('other');
    const off = await startSideglance({ admin: false });
    expect((await fetch(`${off.url}/__admin`, { headers: { Accept: BROWSER } })).status).toBe(404);
    await off.close();
  });

  test('requires the token like the other operations', async () => {
    const guarded = await startSideglance({ admin: { token: 'mine' } });
    expect((await fetch(`${guarded.url}/__admin`)).status).toBe(401);
    // The console itself has no data of the server, and asks for the token.
    expect((await fetch(`${guarded.url}/__admin`, { headers: { Accept: BROWSER } })).status).toBe(200);
    expect((await fetch(`${guarded.url}/__admin/requests`, { headers: { Accept: BROWSER } })).status).toBe(401);
    await guarded.close();
  });
});

describe('a path that no operation has', () => {
  test.each([
    ['/mappings', 'scenarios here', 'armFault (POST /__admin/faults)'],
    ['/expectations', 'scenarios here', 'putScenario (PUT /__admin/scenarios/{name})'],
    ['/logs', 'the journal', 'listRequests (GET /__admin/requests)'],
    ['/settings', 'its configuration', 'getConfiguration (GET /__admin/configuration)'],
    ['/time', 'its clock', 'getClock (GET /__admin/clock)'],
    ['/verifications', 'an expectation', 'verifyRequests (POST /__admin/verify)'],
    ['/imagess', 'GET /__admin lists the operations', 'listImages (GET /__admin/images)'],
  ])('%s names the right neighbors', async (path, hint, neighbor) => {
    const response = await get(`/__admin${path}`);
    expect(response.status).toBe(404);
    const { error } = (await response.json()) as Problem;
    expect(error.message).toContain(hint);
    expect(error.allowed).toContain(neighbor);
    expect(new Set(error.allowed).size).toBe(error.allowed.length);
  });
});

describe('the OpenAPI document', () => {
  const document = async () =>
    (await (await get('/__admin/openapi.json')).json()) as {
      readonly info: { readonly license: unknown };
      readonly tags: readonly { readonly name: string }[];
      readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly tags: readonly string[] }>>>>;
    };

  test('has a license, and a tag for each operation', async () => {
    const { info, tags, paths } = await document();
    expect(info.license).toEqual({ name: 'MIT', identifier: 'MIT' });
    const names = tags.map(({ name }) => name);
    const used = Object.values(paths).flatMap((path) => Object.values(path).flatMap((operation) => operation.tags));
    expect(new Set(used)).toEqual(new Set(names));
  });

  test('has an example of each request body', () => {
    const missing = Object.values(ADMIN_OPERATIONS)
      .filter(({ id, request }) => request !== undefined && EXAMPLES[id as AdminOperationId]?.request === undefined)
      .map(({ id }) => id);
    expect(missing).toEqual([]);
  });

  test.each(Object.entries(EXAMPLES))('has examples of %s that match its schemas', (id, { request, response }) => {
    const operation = ADMIN_OPERATIONS[id as AdminOperationId];
    if (request !== undefined) expect(compile(operation.request ?? {})(request)).toEqual([]);
    if (response !== undefined) expect(compile(operation.response ?? {})(response)).toEqual([]);
  });
});
