import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { compare } from '../../scripts/conformance/compare.ts';
import { caseFiles, caseName, readCase } from '../../scripts/conformance/files.ts';
import { enter, play } from '../../scripts/conformance/play.ts';
import { readTranscript } from '../../scripts/conformance/transcript.ts';
import { defaultFixtures } from '../../src/fixtures/default-fixtures.ts';
import { startEmulator } from '../support/emulator.ts';
import { findKnown, KNOWN } from './known-differences.ts';

jest.setTimeout(60_000);

/** What the services were set to when they were recorded, where a list does not say otherwise. */
const LIMITS = { imageSizeCap: 2 * 1024 ** 2, userStorageQuota: 5 * 1024 ** 2 };

/** What images are imported from. */
let web: Server;
let webUrl: string;
beforeAll(async () => {
  const file = Buffer.alloc(65_536);
  web = createServer((request, response) => {
    response.statusCode = request.url === '/image.bin' ? 200 : 404;
    response.end(request.url === '/image.bin' ? file : 'not here');
  });
  await new Promise<void>((resolve) => {
    web.listen(0, '127.0.0.1', resolve);
  });
  webUrl = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
});
afterAll(async () => {
  web.closeAllConnections();
  await new Promise((resolve) => {
    web.close(resolve);
  });
});

const LISTS = caseFiles().map((path) => [caseName(path), path] as const);

test('at least 600 requests were recorded', () => {
  const steps = LISTS.map(([name]) => readTranscript(name).steps.length);
  expect(steps.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(600);
});

describe('the running service and this one answer alike', () => {
  test.each(LISTS)('%s', async (name, path) => {
    const file = readCase(path);
    const limits = { ...LIMITS, ...file.limits };
    const fixtures = { ...defaultFixtures(), images: [], servers: [], ...file.fixtures, limits };
    const emulator = await startEmulator({ fixtures });
    try {
      const known = await enter({ identity: `${emulator.url}/identity/v3`, web: webUrl, isPrompt: true });
      const answers = await play(file, known);
      const recorded = readTranscript(name);
      expect(recorded.steps.map(({ id }) => id)).toEqual(answers.map(({ id }) => id));
      const differences = compare(recorded.steps, answers);
      expect(differences.filter((difference) => findKnown(KNOWN, name, difference) === undefined)).toEqual([]);
      // A difference that is no more must go from the table.
      const used = new Set(differences.map((difference) => findKnown(KNOWN, name, difference)));
      const spent = KNOWN.filter((each) => each.list === name && !used.has(each));
      expect(spent).toEqual([]);
    } finally {
      await emulator.close();
    }
  });
});
