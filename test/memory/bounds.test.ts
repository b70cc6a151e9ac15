import { beforeEach, describe, expect, test } from '@jest/globals';
import { Clock } from '../../src/domain/clock.ts';
import { Ids, MAX_OWN_COUNTERS, SHARED_COUNTERS } from '../../src/domain/ids.ts';
import { RateLimits } from '../../src/domain/rate-limits.ts';
import type { Server } from '../../src/domain/servers/server.ts';
import { MAX_DELETED_SERVERS } from '../../src/domain/servers/server-trees.ts';
import { MAX_ENDED } from '../../src/domain/tasks/tasks.ts';
import type { Emulator } from '../../src/emulator.ts';
import { MAX_EVENTS } from '../../src/identity/records/revocations.ts';
import type { Token } from '../../src/identity/tokens/token.ts';
import { MAX_TOKENS } from '../../src/identity/tokens/token-store.ts';
import type { World } from '../../src/world/world.ts';
import { createTestEmulator, NOON } from '../support/emulator.ts';

const DAY = 86_400_000;

let emulator: Emulator;
let world: World;
beforeEach(() => {
  emulator = createTestEmulator({ frozenAt: NOON });
  world = emulator.worlds.default;
});

function userOf({ identity }: World, name = 'demo') {
  const user = identity.directory.users.find((each) => each.name === name);
  if (user === undefined) throw new Error(`there is no user ${name}`);
  return user;
}

/** Logs a user in with a program. */
function logIn(to: World, program: string, name = 'demo'): Token {
  const user = userOf(to, name);
  const projectId = to.identity.index.projects(user.id)[0]?.id ?? '';
  return to.identity.issue({
    user,
    scope: { kind: 'project', projectId },
    methods: ['password'],
    format: 'fernet',
    program,
    includesWorldTag: false,
  });
}

const tokenCount = (of: World): number => of.snapshot().identity.tokens?.tokens.size ?? 0;

describe('The tokens of a world', () => {
  test('are bounded under a frozen clock; those in use stay valid, and the oldest others are forgotten', () => {
    const used = logIn(world, 'daemon');
    const [first] = Array.from({ length: 100 }, (_, at) => logIn(world, `client ${at}`));
    for (let at = 100; at < 20_000; at += 1) {
      logIn(world, `client ${at}`);
      if (at % 1000 === 0) expect(world.identity.validToken(used.id)?.userId).toBe(used.userId);
    }
    expect(tokenCount(world)).toBe(MAX_TOKENS);
    expect(world.identity.validToken(used.id)).toBeDefined();
    expect(world.identity.validToken(first?.id ?? '')).toBeUndefined();
  });

  test('are the same in two worlds after more logins than fit', () => {
    const { worlds } = createTestEmulator({ frozenAt: NOON });
    for (let at = 0; at < MAX_TOKENS + 100; at += 1) {
      expect(logIn(world, `client ${at % 700}`).id).toBe(logIn(worlds.default, `client ${at % 700}`).id);
    }
    expect(tokenCount(world)).toBe(tokenCount(worlds.default));
  });

  test('are forgotten two days after they expired, in any order of their ends', () => {
    const login = { user: userOf(world), scope: undefined, methods: ['password'], format: 'hex' } as const;
    const issue = (seconds: number, program: string): Token =>
      world.identity.issue({ ...login, program, includesWorldTag: false, seconds });
    issue(864_000, 'long');
    for (let at = 0; at < 1000; at += 1) issue(60, `short ${at}`);
    world.clock.advance(3 * DAY);
    for (let at = 0; at < 1001; at += 1) issue(60, `late ${at}`);
    expect(tokenCount(world)).toBe(1002);
  });

  test('of a fork are bounded on their own, and the world keeps its tokens', () => {
    for (let at = 0; at < MAX_TOKENS; at += 1) logIn(world, `client ${at}`);
    const first = logIn(world, 'last');
    const fork = emulator.worlds.fork('fork', world);
    for (let at = 0; at < MAX_TOKENS + 50; at += 1) logIn(fork, `other ${at}`);
    expect([tokenCount(world), tokenCount(fork)]).toEqual([MAX_TOKENS, MAX_TOKENS]);
    expect([world, fork].map(({ identity }) => identity.validToken(first.id) !== undefined)).toEqual([true, false]);
  });
});

test('Revocation events are bounded, and revoked tokens stay revoked without their events', () => {
  const tokens = Array.from({ length: MAX_EVENTS + 500 }, (_, at) => logIn(world, `client ${at % 20}`));
  for (const token of tokens) world.identity.revoke(token);
  expect(world.identity.records.count('revocation-event')).toBe(MAX_EVENTS);
  expect(tokens.filter(({ id }) => world.identity.validToken(id) !== undefined)).toEqual([]);
});

describe('The counters of generated ids', () => {
  test('are bounded, and no id is given twice', () => {
    const ids = new Ids('seed');
    const given = new Set<string>();
    for (let at = 0; at < 60_000; at += 1) given.add(ids.next('image', 'demo', `name ${at % 40_000}`));
    expect(given.size).toBe(60_000);
    expect(ids.snapshot().counters.size).toBeLessThanOrEqual(MAX_OWN_COUNTERS + SHARED_COUNTERS);
  });

  test('of descriptions that came before are exact, whatever others come', () => {
    const [alone, busy] = [new Ids('seed'), new Ids('seed')];
    const expected = [alone.next('image', 'demo', 'a'), alone.next('image', 'demo', 'a')];
    const first = busy.next('image', 'demo', 'a');
    for (let at = 0; at < 40_000; at += 1) busy.next('image', 'demo', `name ${at}`);
    expect([first, busy.next('image', 'demo', 'a')]).toEqual(expected);
  });

  test('continue from a snapshot, with long descriptions and beyond the bound', () => {
    const ids = new Ids('seed');
    const long = 'x'.repeat(5000);
    for (let at = 0; at < 40_000; at += 1) ids.next('image', 'demo', `name ${at}`);
    const given = [long, 'late'].flatMap((name) => [ids.next('image', 'demo', name), ids.next('image', 'demo', name)]);
    const copy = new Ids(ids.snapshot());
    const next = [long, 'late'].map((name) => ids.next('image', 'demo', name));
    expect([long, 'late'].map((name) => copy.next('image', 'demo', name))).toEqual(next);
    expect(new Set([...given, ...next]).size).toBe(6);
    for (const key of copy.snapshot().counters.keys()) expect(key.length).toBeLessThan(200);
  });
});

describe('The tasks of a world', () => {
  const start = (at: number, isRunning = false) =>
    world.tasks.start(
      { ...callerOf(), ...(isRunning && { progress: { pace: { by: 'hand' } } }) },
      { kind: 'import', api: 'image-v2', type: 'import', input: { at } },
    );
  const callerOf = () => logIn(world, 'tasks').caller;
  const shown = (): number => [...world.tasks.list({ owner: null })].length;

  test('are forgotten once they have ended and are too many; running ones stay, and the order of the others too', () => {
    const running = Array.from({ length: 5 }, (_, at) => start(at, true));
    const ended = Array.from({ length: MAX_ENDED + 300 }, (_, at) => start(100 + at));
    expect(shown()).toBe(MAX_ENDED + 1 + running.length);
    expect(running.filter(({ id }) => world.tasks.peek(id) === undefined)).toEqual([]);
    expect([world.tasks.peek(ended[0]?.id ?? ''), world.tasks.peek(ended.at(-1)?.id ?? '')?.status]).toEqual([
      undefined,
      'success',
    ]);
    const [newest, second] = world.tasks.list({ owner: null });
    expect([newest?.id, second?.id]).toEqual([ended.at(-1)?.id, ended.at(-2)?.id]);
  });

  test('are forgotten after they have expired', () => {
    for (let at = 0; at < 100; at += 1) start(at);
    world.clock.advance(3 * DAY);
    for (let at = 0; at < 60; at += 1) start(1000 + at);
    expect(shown()).toBe(60);
  });
});

test('Deleted servers are bounded, and the latest stay markers', () => {
  const { caller } = logIn(world, 'servers');
  const { flavor } = world.servers.list(caller)[0] as Server;
  const ids = Array.from({ length: MAX_DELETED_SERVERS + 200 }, (_, at) => {
    const name = `server ${at}`;
    const { id } = world.servers.create(caller, { api: 'compute-v2.1', name, imageId: null, flavor, metadata: {} });
    world.servers.remove(caller, id);
    return id;
  });
  expect(world.snapshot().servers.deleted.tree.size).toBe(MAX_DELETED_SERVERS);
  expect([ids[199], ids[200], ids.at(-1)].map((id) => world.servers.marker(id ?? '') !== undefined)).toEqual([
    false,
    true,
    true,
  ]);
});

describe('The windows of rate limits', () => {
  test('are forgotten after their end', () => {
    const clock = new Clock({ frozenAt: NOON, offset: 0 });
    const limits = new RateLimits(undefined, clock);
    for (let at = 0; at < 500; at += 1) limits.countInMinute(`project ${at}`);
    clock.advance(120_000);
    for (let at = 0; at < 600; at += 1) limits.count(`other ${at}`, 60_000);
    expect(limits.snapshot().tree.size).toBe(600);
  });

  test('are bounded under a frozen clock', () => {
    const limits = new RateLimits(undefined, new Clock({ frozenAt: NOON, offset: 0 }));
    for (let at = 0; at < 25_000; at += 1) limits.countInMinute(`project ${at}`);
    expect(limits.snapshot().tree.size).toBeLessThanOrEqual(10_001);
  });
});
