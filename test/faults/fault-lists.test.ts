import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { faultOf } from '../../src/admin/retry-instructions.ts';
import { DIALECTS } from '../../src/dialects/index.ts';
import { buildRoutes } from '../../src/dialects/routes.ts';
import { login, type StartedEmulator, startEmulator } from '../support/emulator.ts';
import { type RawResponse, sendRaw } from '../support/raw-socket.ts';

const page = readFileSync(new URL('../../docs/fault-lists.md', import.meta.url), 'utf8');

/** The rows of all tables: what the tool calls it, the rule, and what the client sees. */
const ROWS = [...page.matchAll(/^\| (`.+?) \| `(fault: .+)` \| (.+) \|$/gm)].map(([, name, rule, sees]) => ({
  name: name as string,
  rule: parse(`{ ${rule} }`) as { readonly fault: object; readonly match?: object; readonly calls?: object },
  sees: sees as string,
}));

const SIZE = 300_000;
const DATA = Buffer.alloc(SIZE, 'x');

let emulator: StartedEmulator;
let token: string;
beforeEach(async () => {
  emulator = await startEmulator();
  token = await login(emulator.app);
});
afterEach(() => emulator.close());

const port = (): number => Number(new URL(emulator.url).port);
const headers = () => ({ 'X-Auth-Token': token, 'Content-Type': 'application/json' });

async function newImage(data?: Buffer): Promise<string> {
  const body = JSON.stringify({ name: 'n', disk_format: 'raw', container_format: 'bare' });
  const { id } = (await (
    await fetch(`${emulator.url}/image/v2/images`, { method: 'POST', headers: headers(), body })
  ).json()) as { id: string };
  const type = { ...headers(), 'Content-Type': 'application/octet-stream' };
  if (data !== undefined) {
    await fetch(`${emulator.url}/image/v2/images/${id}/file`, { method: 'PUT', headers: type, body: data });
  }
  return id;
}

/** Sends the request that a row is about, after its rule was armed. */
async function sent({ rule, sees }: (typeof ROWS)[number]): Promise<RawResponse> {
  const isUpload = sees.includes('upload');
  // Half of a body is cut off JSON only: data of images stays whole.
  const isRecord = sees.startsWith('half') || 'alter' in rule.fault;
  const operation = isUpload ? 'uploadImageData' : isRecord ? 'showImage' : 'downloadImageData';
  const id = await newImage(isUpload ? undefined : DATA);
  const armed = { undocumented: true, ...rule, match: { operation: `image-v2.${operation}`, ...rule.match } };
  const response = await fetch(`${emulator.url}/__admin/faults`, {
    method: 'POST',
    headers: headers(),
    body: JSON.stringify(armed),
  });
  expect([response.status, await response.text()]).toEqual([201, expect.anything()]);
  return sendRaw(port(), {
    method: isUpload ? 'PUT' : 'GET',
    path: `/image/v2/images/${id}${isRecord ? '' : '/file'}`,
    headers: {
      ...headers(),
      ...(isUpload && { 'Content-Type': 'application/octet-stream', 'Content-Length': SIZE }),
    },
    ...(isUpload && { body: [DATA.subarray(0, SIZE / 2), DATA.subarray(SIZE / 2)] }),
    // A response that stalls for a second is not over.
    silenceMs: /nothing/.test(sees) ? 200 : 5000,
  });
}

const lengthIn = ({ head }: RawResponse): number => Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0);
const statusIn = ({ head }: RawResponse): string => / (\d{3}) /.exec(head)?.[1] ?? '';

/** What each way of seeing means, by the words of the page. */
const CHECKS: Readonly<Record<string, (response: RawResponse) => void>> = {
  '503': (response) => expect(statusIn(response)).toBe('503'),
  '500': (response) => expect(statusIn(response)).toBe('500'),
  '409': (response) => expect(statusIn(response)).toBe('409'),
  '503 during an upload': (response) => expect(statusIn(response)).toBe('503'),
  '503, or the whole response': (response) => expect(['503', '200']).toContain(statusIn(response)),
  'a reset': ({ text, ending }) => expect([text, ending]).toEqual(['', 'reset']),
  'a reset during an upload': ({ text, ending }) => expect([text, ending]).toEqual(['', 'reset']),
  'the end of the connection': ({ text, ending }) => expect([text, ending]).toEqual(['', 'end']),
  'the end of the connection during an upload': ({ text, ending }) => {
    expect(text).toBe('');
    // The end of a connection with bytes that nobody has read is a reset.
    expect(['end', 'reset']).toContain(ending);
  },
  nothing: ({ text, ending }) => expect([text, ending]).toEqual(['', 'silence']),
  'nothing during an upload': ({ text, ending }) => expect([text, ending]).toEqual(['', 'silence']),
  'a part of the body': ({ body, ending }) => {
    expect(body.length).toBeLessThan(SIZE);
    expect(ending).toBe('end');
  },
  'a part of the body, and a reset': ({ body, ending }) => {
    expect(body.length).toBeLessThan(SIZE);
    expect(ending).toBe('reset');
  },
  'a part of the body, and then nothing': ({ body, ending }) => {
    expect(body.length).toBeLessThan(SIZE);
    expect(ending).toBe('silence');
  },
  'half of the body': (response) => {
    expect(response.body).toHaveLength(lengthIn(response));
    expect(() => JSON.parse(response.body)).toThrow();
  },
  'other data of the same size': ({ body }) => {
    expect(body).toHaveLength(SIZE);
    expect(body).not.toBe(DATA.toString('latin1'));
  },
  'the whole response': (response) => {
    expect(statusIn(response)).toBe('200');
    expect(response).toMatchObject({ ending: 'end' });
    expect(response.body).toHaveLength(lengthIn(response));
  },
  'the whole response to an upload': (response) => expect(statusIn(response)).toBe('204'),
};

describe('docs/fault-lists.md', () => {
  test('has the faults of four tools', () => {
    expect(ROWS.length).toBeGreaterThan(45);
  });

  test.each(ROWS)('$name is a rule, and the client sees $sees', async (row) => {
    const response = await sent(row);
    const check = CHECKS[row.sees];
    expect([row.sees, typeof check]).toEqual([row.sees, 'function']);
    check?.(response);
    const [armed] = emulator.worlds.default.faults.armed();
    if (row.sees !== '503, or the whole response') expect(armed?.fired).toBe(1);
  });

  test('has the faults of the instructions of storage-testbench as they are carried out', () => {
    const operations = buildRoutes(DIALECTS).operations;
    const operation = (name: string) => operations.find((each) => each.name === `image-v2.${name}`)?.operation;
    for (const { name, rule, sees } of ROWS.slice(0, 18)) {
      const [, instruction = ''] = /^`([^`]+)`/.exec(name) ?? [];
      const of = operation(sees.includes('upload') ? 'uploadImageData' : 'downloadImageData');
      if (of === undefined) throw new Error('unknown operation');
      expect([instruction, faultOf(instruction, of)]).toEqual([instruction, rule.fault]);
    }
  });
});
