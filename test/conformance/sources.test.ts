import { expect, test } from '@jest/globals';
import { compare } from '../../scripts/conformance/compare.ts';
import { DISK, FILE, PAGE } from '../../scripts/conformance/file-server.ts';
import { caseFiles, caseName, readCase } from '../../scripts/conformance/files.ts';
import { startOwnEmulator } from '../../scripts/conformance/own-emulator.ts';
import { runList } from '../../scripts/conformance/run-list.ts';
import { openSession } from '../../scripts/conformance/session.ts';
import { readTranscript } from '../../scripts/conformance/transcript.ts';
import type { SourceBehavior, Web } from '../../src/domain/web.ts';

const LIST = 'image-46-sources';
/** The service may import from this address; nothing listens there. */
const ORIGIN = 'http://127.0.0.1:9393';

const bytes = (data: Buffer): SourceBehavior => ({ data: { kind: 'bytes', bytes: data } });
const file = bytes(FILE);

/** What the file server of the recording returned, as sources of the fixtures. */
const FILES: Readonly<Record<string, SourceBehavior>> = {
  'image.bin': file,
  'disk.qcow2': bytes(DISK),
  page: bytes(PAGE),
  empty: bytes(Buffer.alloc(0)),
  nothere: { status: 404 },
  'status/204': { ...bytes(Buffer.alloc(0)), contentLength: null },
  'status/403': { status: 403 },
  'status/500': { status: 500 },
  'status/503': { status: 503 },
  'redirects/3': { ...file, redirects: 3 },
  'redirects/10': { ...file, redirects: 10 },
  'redirects/11': { ...file, redirects: 11 },
  'redirect-inside': { redirect: 'http://169.254.169.254/latest/meta-data' },
  truncated: { ...file, truncateAfter: 1000 },
  'announced-short': { ...file, contentLength: 1000 },
  'no-length': { ...file, contentLength: null },
  reset: { error: 'reset' },
  closed: { error: 'reset' },
};

const WEB: Web = {
  ...Object.fromEntries(Object.entries(FILES).map(([path, source]) => [`${ORIGIN}/${path}`, source])),
  'http://127.0.0.1:443/image.bin': { error: 'refused' },
};

test('Imports from sources of fixtures end as those of the recorded service from failing servers', async () => {
  const list = readCase(caseFiles().find((path) => caseName(path) === LIST) as string);
  const own = await startOwnEmulator(list, ORIGIN, { files: WEB });
  try {
    const responses = await runList(list, await openSession(own.target));
    expect(compare(readTranscript(LIST).steps, responses)).toEqual([]);
  } finally {
    await own.close();
  }
});
