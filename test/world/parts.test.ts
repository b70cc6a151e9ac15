import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ANONYMOUS } from '../../src/domain/caller.ts';
import type { Emulator } from '../../src/emulator.ts';
import type { UserRecord } from '../../src/identity/records/record.ts';
import { createStoredEmulator, type StoredEmulator } from '../../src/library/state-file.ts';
import { PART_NAMES } from '../../src/world/parts/parts.ts';
import type { World } from '../../src/world/world.ts';
import type { PartName } from '../../src/world/world-state.ts';
import { NOON } from '../support/emulator.ts';

/** A change of one part of a world, and a function that reads what was changed. */
interface Sample {
  change(world: World): void;
  read(world: World): unknown;
  /** The operations after which the change is still there; all when omitted. */
  readonly survives?: readonly WorldOperation[];
}

type WorldOperation = 'snapshot' | 'fork' | 'copy' | 'file';

const ADMIN = { ...ANONYMOUS, projectId: 'a project', userId: 'a user', isAdmin: true };

const firstImage = (world: World) => [...world.imageStore.snapshot().base.images.values()][0];

const SAMPLES: { readonly [K in PartName]: Sample } = {
  clock: {
    change: (world) => world.setClock({ frozenAt: NOON + 1000, offset: 0 }),
    read: (world) => world.clock.now(),
  },
  limits: { change: (world) => world.setLimits({ callsPerMinute: 7 }), read: (world) => world.limits },
  progress: {
    change: (world) => world.setProgress({ upload: { pace: { by: 'polls', polls: 2 } } }),
    read: (world) => world.progress,
  },
  profiles: {
    change: (world) => world.setProfiles({ ims: { 'name-length': 'attributes' } }),
    read: (world) => world.profiles,
  },
  release: { change: (world) => world.setRelease('2025.1'), read: (world) => world.release },
  stores: { change: (world) => world.setStores([{ id: 'tape', isDefault: true }]), read: (world) => world.stores },
  web: {
    change: (world) =>
      world.setWeb({ 'http://sample.example/a': { data: { kind: 'bytes', bytes: Buffer.from('a') } } }),
    read: (world) => world.web,
  },
  ids: {
    change: (world) => world.ids.next('sample'),
    read: (world) => [...world.ids.snapshot().counters.entries()],
  },
  imageStore: {
    change: (world) => {
      const image = firstImage(world);
      if (image !== undefined) world.imageStore.put({ ...image, name: 'renamed' });
    },
    read: (world) => world.imageStore.get(firstImage(world)?.id ?? '')?.name,
  },
  tasks: {
    change: (world) => world.tasks.start(ADMIN, { kind: 'cache', api: 'image-v2', type: 'sample' }),
    read: (world) => [...world.tasks.list({ owner: null })],
  },
  cache: { change: (world) => world.cache.put(firstImage(world)?.id ?? ''), read: (world) => world.cache.list() },
  metadefs: {
    change: (world) => world.metadefs.create(ADMIN, { name: 'sample', displayName: null, description: null }),
    read: (world) => [...world.metadefs.snapshot().namespaces.keys()],
  },
  objects: {
    change: (world) => world.objects.createContainer({ owner: 'a project', name: 'sample' }),
    read: (world) => [...world.objects.snapshot().containers.tree.values()],
  },
  volumes: {
    change: (world) =>
      world.volumes.putBackup({
        id: 'sample',
        name: 'sample',
        projectId: 'a project',
        kind: 'CBR',
        status: 'available',
        sizeGibibytes: 1,
        serverId: null,
        imageId: null,
      }),
    read: (world) => [...world.volumes.snapshot().backups.tree.values()],
  },
  flavors: {
    change: (world) => {
      const [first] = world.flavors.all();
      if (first !== undefined) world.flavors.put({ ...first, id: 'sample' });
    },
    read: (world) => world.flavors.all().map(({ id }) => id),
  },
  keypairs: {
    change: (world) =>
      world.keypairs.add({
        userId: 'a user',
        name: 'sample',
        type: 'ssh',
        publicKey: 'a key',
        fingerprint: 'a fingerprint',
        createdAt: NOON,
      }),
    read: (world) => world.keypairs.list('a user'),
  },
  quotas: {
    change: (world) => world.quotas.change({ kind: 'project', projectId: 'a project' }, { instances: 3 }),
    read: (world) => world.quotas.of({ kind: 'project', projectId: 'a project' }),
  },
  serverGroups: {
    change: (world) =>
      world.serverGroups.add({
        id: 'sample',
        name: 'sample',
        projectId: 'a project',
        userId: 'a user',
        policy: 'affinity',
      }),
    read: (world) => world.serverGroups.list('a project'),
  },
  aggregates: {
    change: (world) =>
      world.aggregates.add({ uuid: 'sample', name: 'sample', metadata: {}, createdAt: NOON, updatedAt: null }),
    read: (world) => world.aggregates.list(),
  },
  servers: {
    change: (world) => {
      const [server, deleted] = world.servers.listAll();
      if (server === undefined || deleted === undefined) throw new Error('the fixtures have no servers');
      world.servers.setState(server.id, { taskState: 'rebooting' });
      world.servers.remove(ADMIN, deleted.id);
    },
    read: (world) => [world.servers.listAll(), [...world.servers.snapshot().deleted.tree.values()]],
  },
  identity: {
    change: (world) => {
      const [user] = world.identity.directory.users;
      if (user === undefined) throw new Error('the fixtures have no user');
      world.identity.issue({
        user,
        scope: undefined,
        methods: ['password'],
        format: 'fernet',
        program: 'test',
        includesWorldTag: false,
      });
      const { records } = world.identity;
      records.put('group', { id: 'sample', name: 'sample', domain_id: 'default', description: '' });
      records.put('user', { ...(records.get('user', user.id) as UserRecord), name: 'renamed' });
      records.delete('role', world.identity.directory.roles[0]?.id ?? '');
    },
    read: ({ identity }) => ({
      tokens: [...(identity.snapshot().tokens?.tokens.keys() ?? [])],
      groups: identity.records.all('group'),
      users: identity.records.all('user').map(({ name }) => name),
      roles: identity.records.all('role').map(({ name }) => name),
      grants: identity.records.count('grant'),
    }),
  },
  faults: {
    change: (world) => world.changeScenarios((faults) => faults.enable('quota-images')),
    read: (world) => [...(world.faults.snapshot().scenarios?.enabled.keys() ?? [])],
  },
  rateLimits: {
    change: (world) => world.rateLimits.countInMinute('sample'),
    read: (world) => world.rateLimits.window('sample')?.requests,
    survives: ['copy'],
  },
};

function sampleOf(part: PartName): Sample {
  const sample = SAMPLES[part];
  if (sample === undefined) throw new Error(`add a sample of the part "${part}" to SAMPLES`);
  return sample;
}

let directory: string;
let stored: StoredEmulator;

const open = async (): Promise<Emulator> => {
  stored = await createStoredEmulator(
    { clock: { frozenAt: NOON, offset: 0 } },
    { file: join(directory, 'state.json'), fsync: 'never' },
  );
  return stored.emulator;
};

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'parts-'));
});

afterEach(async () => {
  await stored.close();
  rmSync(directory, { recursive: true, force: true });
});

describe.each(PART_NAMES)('the part %s', (part) => {
  const { change, read, survives = ['snapshot', 'fork', 'copy', 'file'] } = sampleOf(part);

  test('survives snapshots, forks, copies and the state file as declared', async () => {
    const { worlds } = await open();
    const world = worlds.default;
    const before = read(world);
    change(world);
    const changed = read(world);
    expect(changed).not.toEqual(before);
    const expectAfter = (operation: WorldOperation, value: unknown): void =>
      expect({ operation, value }).toEqual({ operation, value: survives.includes(operation) ? changed : before });

    expectAfter('copy', read(world.copy()));
    expectAfter('fork', read(worlds.fork('child', world)));
    world.takeSnapshot('changed');
    // Written to the state file as a whole, while a fork of the current state refers to its parent.
    worlds.fork('from-snapshot', world, {}, world.snapshots.get('changed'));
    world.reset();
    expect(read(world)).toEqual(before);
    world.restore('changed');
    expectAfter('snapshot', read(world));

    world.reset();
    change(world);
    await stored.close();
    const reopened = (await open()).worlds;
    expectAfter('file', read(reopened.default));
    expectAfter('file', read(reopened.get('child') as World));
    expectAfter('file', read(reopened.get('from-snapshot') as World));
    reopened.default.restore('changed');
    expectAfter('file', read(reopened.default));
  });
});
