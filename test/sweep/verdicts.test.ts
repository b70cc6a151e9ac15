import { chmodSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { type PointResult, SWEEP_VERDICTS, type SweepVerdict, sweep } from '../../src/index.ts';
import { filesOf } from '../support/files.ts';

const script = (name: string): string => fileURLToPath(new URL(`../support/sweep/${name}.mjs`, import.meta.url));

/** Returns what came of one point of a client. */
async function pointOf(
  command: readonly string[],
  point: string,
  { timeout = 60_000, user = 'demo' } = {},
): Promise<PointResult> {
  const { points } = await sweep({ command, only: [point], timeout, user });
  expect(points.map(({ id }) => id)).toEqual([point]);
  return points[0] as PointResult;
}

const badClient = (which: string): readonly string[] => [process.execPath, script('bad-clients'), which];

/** A client that earns a verdict, the point where it does, and what shows it. */
const EARNED: readonly (readonly [SweepVerdict, string, string, RegExp])[] = [
  ['handled', 'reporting', 'image-v2.listImages#1/reset@before', /^reported a failure: exit 1$/],
  ['handled', 'looking', 'image-v2.createImage#1/reset@after', /^reported a failure: exit 1$/],
  ['handled', 'deleting', 'image-v2.deleteImage#1/twice@twice', /^exit 0; everything as without the fault$/],
  ['survived', 'unnoticing', 'image-v2.listImages#1/403@before', /^exit 0 without another attempt/],
  ['survived', 'keeping', 'image-v2.deleteImage#1/reset@before', /demo-private, active\) still exists$/],
  ['survived', 'deleting', 'image-v2.deleteImage#1/404@before', /demo-private, active\) still exists$/],
  ['survived', 'cleaning', 'image-v2.deleteImage#1/404@before', /^exit 0, unnoticed; .*queued\) still exists$/],
  ['handled', 'cleaning', 'image-v2.deleteImage#1/403@before', /^reported a failure: exit 1; .* was not deleted$/],
  ['leaked', 'cleaning', 'image-v2.deleteImage#1/reset@before', /^exit 1; image .* is left behind$/],
  ['crashed', 'uncaught', 'image-v2.listImages#1/reset@before', /^exit 1: .*\(trace of Node\.js\)/],
  ['crashed', 'signalled', 'image-v2.listImages#1/reset@before', /^died of SIGABRT/],
  ['leaked', 'leaking', 'image-v2.uploadImageData#1/409@before', /^exit 1; image .*\(mine, queued\) is left behind$/],
  [
    'leaked',
    'creating',
    'image-v2.createImage#1/reset@after',
    /\(mine, queued\) is left behind, and the client does not know its id$/,
  ],
  ['leaked', 'drawing', 'image-v2.uploadImageData#1/409@before', /^exit 1; image .*, queued\) is left behind$/],
  ['duplicated', 'duplicating', 'image-v2.createImage#1/reset@after', /^exit 0; .* created 2 times instead of 1$/],
  [
    'lost data',
    'losing',
    'image-v2.uploadImageData#1/reset@before',
    /^exit 0; image .* has status "queued" instead of "active"/,
  ],
  [
    'lost data',
    'trusting',
    'image-v2.downloadImageData#1/flipped-bit@before',
    /^exit 0; download-corruption-unnoticed: /,
  ],
];

describe('Each verdict is earned', () => {
  test.each(EARNED)('%s by the client "%s" at %s', async (verdict, which, point, reason) => {
    const result = await pointOf(badClient(which), point);
    expect([result.verdict, result.reason]).toEqual([verdict, expect.stringMatching(reason)]);
  });

  test.each<[SweepVerdict, string, string, RegExp, string?]>([
    [
      'leaked',
      'building',
      'compute-v2.1.createServer#1/reset@after',
      /^exit 1; server .* \(mine\) is left behind, and the client does not know its id$/,
    ],
    ['handled', 'building', 'compute-v2.1.createServer#1/reset@before', /^reported a failure: exit 1$/],
    [
      'duplicated',
      'buildingTwice',
      'compute-v2.1.createServer#1/reset@after',
      /^exit 0; server .* \(mine\) is left behind, there are 2 instead of 1$/,
    ],
    [
      'handled',
      'buildingTwice',
      'compute-v2.1.createServer#1/reset@before',
      /^exit 0 after another attempt; everything as/,
    ],
    [
      'lost data',
      'buildingNone',
      'compute-v2.1.createServer#1/403@before',
      /^exit 0; server .* \(mine\) does not exist$/,
    ],
    [
      'survived',
      'keepingServer',
      'compute-v2.1.deleteServer#1/reset@before',
      /^exit 0, unnoticed; server .* still exists$/,
    ],
    [
      'survived',
      'renamingServer',
      'compute-v2.1.updateServer#1/reset@before',
      /^exit 0, unnoticed; server .* has another name, hostname$/,
    ],
    ['lost data', 'deletingAnother', 'compute-v2.1.deleteServer#1/404@before', /^exit 0; server .* was deleted$/],
    [
      'leaked',
      'entrusting',
      'identity.createApplicationCredential#1/close@after',
      /^exit 1; application credential .* \(mine\) is left behind, and/,
    ],
    ['lost data', 'enrolling', 'identity.createUser#1/403@before', /^exit 0; user .* \(new\) does not exist$/, 'admin'],
    [
      'lost data',
      'defining',
      'image-v2.createMetadefNamespace#1/409@before',
      /^exit 0; metadata namespace .* \(My::Own\) does not exist$/,
      'admin',
    ],
    [
      'survived',
      'tagging',
      'image-v2.addImageTag#1/403@before',
      /^exit 0, unnoticed; image .* has tags \["golden","team-a"\] instead of \["golden","team-a","mine"\]$/,
    ],
    [
      'survived',
      'sharing',
      'image-v2.createImageMember#1/403@before',
      /^exit 0, unnoticed; image .* has members \[\] instead of/,
    ],
  ])('%s by the client "%s" at %s, by what is no image', async (verdict, which, point, reason, user = 'demo') => {
    const result = await pointOf(badClient(which), point, { user });
    expect([result.verdict, result.reason]).toEqual([verdict, expect.stringMatching(reason)]);
  });

  test('"hung" by a client that waits for ever', async () => {
    const result = await pointOf(badClient('patient'), 'image-v2.listImages#1/stall@before', {
      timeout: 15_000,
    });
    expect([result.verdict, result.end]).toEqual(['hung', 'timed out']);
    expect(result.reason).toMatch(/^did not end within \d+\.\d s; last of 2 requests: image-v2\.listImages$/);
  });

  test('"not reached" by a client that does not send the request any more', async () => {
    const command = [...badClient('forgetful'), filesOf({ notes: '' })('notes')];
    const result = await pointOf(command, 'image-v2.listImages#1/403@before');
    expect([result.verdict, result.reason]).toEqual(['not reached', 'the fault did not fire; exit 0']);
  });

  test('"inconclusive" by a client that cannot be started any more', async () => {
    const client = filesOf({
      client: `#!/bin/sh\necho . >> "$0.runs"\n[ $(wc -l < "$0.runs") -lt 2 ] || rm "$0"\nexec "${process.execPath}" ${script('bad-clients')} uncaught\n`,
    })('client');
    chmodSync(client, 0o755);
    const result = await pointOf([client], 'image-v2.listImages#1/403@before');
    expect([result.verdict, result.reason]).toEqual(['inconclusive', expect.stringContaining('could not be started')]);
  });

  test('and there is no other verdict', () => {
    const earned = new Set([...EARNED.map(([verdict]) => verdict), 'hung', 'not reached', 'inconclusive']);
    expect([...SWEEP_VERDICTS].sort()).toEqual([...earned].sort());
  });
});

test('a good client handles every point', async () => {
  const { points, notRun, baseline } = await sweep({
    command: [process.execPath, script('good-client')],
    timeout: 60_000,
  });
  expect(points.filter(({ verdict }) => verdict !== 'handled')).toEqual([]);
  expect(points.length).toBeGreaterThan(60);
  expect([notRun, baseline.notes]).toEqual([0, []]);
});
