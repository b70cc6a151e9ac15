import { describe, expect, test } from '@jest/globals';
import { IMAGE_STATUSES, type Image, VISIBILITIES } from '../../../src/domain/image.ts';
import { ImageIndex } from '../../../src/domain/image-store/image-index.ts';
import { orderOf } from '../../../src/domain/image-store/image-order.ts';
import {
  type Audience,
  type Comparison,
  type EqualityKey,
  type ImageQuery,
  SORT_KEYS,
  type Sort,
} from '../../../src/domain/image-store/image-query.ts';
import { ImageStore } from '../../../src/domain/image-store/image-store.ts';
import type { Usage } from '../../../src/domain/image-store/shared-base.ts';
import { IndexCache } from '../../../src/domain/image-store/shared-base.ts';
import { MEMBER_STATUSES } from '../../../src/domain/member.ts';
import { DomainError } from '../../../src/domain/problem.ts';

const EVERYONE: Audience = { kind: 'everyone' };

/** A generator of chances that is the same in every run (mulberry32). */
function createChance(seed: number): { below(most: number): number; pick<T>(list: readonly T[]): T } {
  let state = seed;
  const below = (most: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % most;
  };
  return { below, pick: <T>(list: readonly T[]): T => list[below(list.length)] as T };
}
type Chance = ReturnType<typeof createChance>;

let made = 0;

function anImage(some: Partial<Image> = {}): Image {
  made += 1;
  return {
    id: `${String(made).padStart(8, '0')}-0000-4000-8000-000000000000`,
    name: 'web',
    owner: 'p1',
    status: 'active',
    visibility: 'shared',
    isProtected: false,
    isHidden: false,
    containerFormat: 'bare',
    diskFormat: 'qcow2',
    minDisk: 0,
    minRam: 0,
    sizeBytes: 5,
    virtualSizeBytes: null,
    checksum: null,
    hashAlgorithm: null,
    hashValue: null,
    createdAt: made,
    updatedAt: made,
    deletedAt: null,
    tags: [],
    properties: {},
    members: [],
    data: null,
    usedBy: [],
    ...some,
  };
}

const NAMES = [null, '', 'a', 'A', 'b', '_', 'é', '\u{1f600}', '\uff5e'] as const;
const PROJECTS = ['p1', 'p2', 'p3'] as const;
const TAGS = ['t1', 't2', 't3', 'a b', '"'] as const;
const SIZES = [null, 0, 1, 2, 1000] as const;

const anyImage = (chance: Chance, id: string): Image =>
  anImage({
    id,
    name: chance.pick(NAMES),
    owner: chance.pick([...PROJECTS, null]),
    status: chance.pick(IMAGE_STATUSES),
    visibility: chance.pick(VISIBILITIES),
    isProtected: chance.below(2) === 0,
    isHidden: chance.below(4) === 0,
    containerFormat: chance.pick([null, 'bare', 'ovf']),
    diskFormat: chance.pick([null, 'raw', 'qcow2']),
    minDisk: chance.below(3),
    minRam: chance.below(3),
    sizeBytes: chance.pick(SIZES),
    checksum: chance.pick([null, 'c1']),
    createdAt: chance.below(6),
    updatedAt: chance.below(6),
    tags: TAGS.filter(() => chance.below(3) === 0),
    properties:
      chance.below(2) === 0 ? { os: chance.pick(['linux', 'bsd']), constructor: chance.pick(['x', 'y']) } : {},
    members: PROJECTS.filter(() => chance.below(3) === 0).map((memberId) => ({
      memberId,
      status: chance.pick(MEMBER_STATUSES),
      createdAt: 0,
      updatedAt: 0,
    })),
  });

const anyId = (chance: Chance): string => {
  const digits = String(chance.below(100_000_000)).padStart(8, '0');
  return `${digits}-0000-4000-8000-000000000000`;
};

/** What is right, said as plainly as it can be. */
function naiveList(images: readonly Image[], query: ImageQuery): { ids: string[]; hasMore: boolean } {
  const { audience } = query;
  const sees = (image: Image): boolean =>
    audience.kind === 'everyone' ||
    (audience.own && image.owner === audience.projectId) ||
    audience.visibilities.includes(image.visibility) ||
    (image.visibility === 'shared' &&
      image.members.some((m) => m.memberId === audience.projectId && audience.sharedAs.includes(m.status)));
  const compareTimes = (value: number, comparison: Comparison, time: number): boolean =>
    ({
      gt: value > time,
      gte: value >= time,
      eq: value === time,
      neq: value !== time,
      lt: value < time,
      lte: value <= time,
    })[comparison];
  const fits = (image: Image): boolean =>
    sees(image) &&
    { exclude: image.status !== 'deleted', include: true, only: image.status === 'deleted' }[
      query.deleted ?? 'exclude'
    ] &&
    Object.entries(query.equal ?? {}).every(([key, values]) => values.includes(image[key as EqualityKey])) &&
    (query.tags ?? []).every((tag) => image.tags.includes(tag)) &&
    Object.entries(query.properties ?? {}).every(
      ([key, values]) => Object.hasOwn(image.properties, key) && values.includes(image.properties[key] as string),
    ) &&
    (query.sizeAtLeast === undefined || (image.sizeBytes !== null && image.sizeBytes >= query.sizeAtLeast)) &&
    (query.sizeAtMost === undefined || (image.sizeBytes !== null && image.sizeBytes <= query.sizeAtMost)) &&
    (query.times ?? []).every(({ key, comparison, time }) => compareTimes(image[key], comparison, time));
  const ties = query.sort?.length === 1 && query.sort[0] ? query.sort[0].direction : 'desc';
  const sorts: Sort[] = [...(query.sort ?? [])];
  for (const key of ['createdAt', 'id'] as const) {
    if (!sorts.some((sort) => sort.key === key)) sorts.push({ key, direction: ties });
  }
  const compare = (left: Image, right: Image): number => {
    for (const { key, direction } of sorts) {
      const [a, b] = [left[key], right[key]];
      if (a === b) continue;
      const isFirst =
        a === null ||
        (b !== null &&
          (typeof a === 'string' ? Buffer.compare(Buffer.from(a), Buffer.from(`${b}`)) < 0 : Number(a) < Number(b)));
      return isFirst === (direction === 'asc') ? -1 : 1;
    }
    return 0;
  };
  const marker = images.find((image) => image.id === query.marker);
  const following = images
    .filter((image) => fits(image) && (marker === undefined || compare(image, marker) > 0))
    .sort(compare);
  return { ids: following.slice(0, query.limit).map(({ id }) => id), hasMore: following.length > query.limit };
}

const anyAudience = (chance: Chance): Audience =>
  chance.below(4) === 0
    ? EVERYONE
    : {
        kind: 'project',
        projectId: chance.pick(PROJECTS),
        own: chance.below(4) > 0,
        visibilities: VISIBILITIES.filter(() => chance.below(2) === 0),
        sharedAs: MEMBER_STATUSES.filter(() => chance.below(2) === 0),
        // So that any image may be the marker; who may not see it is a test of its own.
        seesEverything: true,
      };

const EQUALITIES: Readonly<Record<string, readonly (string | number | boolean | null)[]>> = {
  name: NAMES,
  owner: [...PROJECTS, 'p9'],
  status: IMAGE_STATUSES,
  visibility: VISIBILITIES,
  isProtected: [true, false],
  isHidden: [true, false],
  containerFormat: ['bare', 'ovf', null],
  diskFormat: ['raw', 'qcow2', 'iso'],
  minDisk: [0, 1, 2, '1'],
  minRam: [0, 1, 2],
  sizeBytes: SIZES,
  checksum: ['c1', null],
};

function anyQuery(chance: Chance, images: readonly Image[]): ImageQuery {
  const keys = Object.keys(EQUALITIES).filter(() => chance.below(8) === 0);
  const chosen = keys.map((key) => [
    key,
    Array.from({ length: chance.below(5) === 0 ? 3 : 1 }, () => chance.pick(EQUALITIES[key] as readonly string[])),
  ]);
  const byId = chance.below(10) === 0 ? [['id', Array.from({ length: 6 }, () => chance.pick(images).id)]] : [];
  const sorts = SORT_KEYS.filter(() => chance.below(6) === 0).sort(() => chance.below(3) - 1);
  return {
    audience: anyAudience(chance),
    limit: chance.pick([0, 1, 2, 7, 25, 1000]),
    equal: Object.fromEntries([...chosen, ...byId]),
    ...(sorts.length > 0 && { sort: sorts.map((key) => ({ key, direction: chance.pick(['asc', 'desc'] as const) })) }),
    ...(chance.below(3) === 0 && { marker: chance.pick(images).id }),
    ...(chance.below(4) === 0 && { tags: TAGS.filter(() => chance.below(3) === 0) }),
    ...(chance.below(5) === 0 && { properties: { [chance.pick(['os', 'constructor', 'toString'])]: ['linux', 'x'] } }),
    ...(chance.below(5) === 0 && { sizeAtLeast: chance.pick([0, 1, 2]) }),
    ...(chance.below(5) === 0 && { sizeAtMost: chance.pick([0, 1, 500]) }),
    ...(chance.below(4) === 0 && {
      times: Array.from({ length: 1 + chance.below(2) }, () => ({
        key: chance.pick(['createdAt', 'updatedAt'] as const),
        comparison: chance.pick(['gt', 'gte', 'eq', 'neq', 'lt', 'lte'] as const),
        time: chance.below(6),
      })),
    }),
    ...(chance.below(3) === 0 && { deleted: chance.pick(['exclude', 'include', 'only'] as const) }),
  };
}

const answer = (store: ImageStore, query: ImageQuery): { ids: string[]; hasMore: boolean } => {
  const { images, hasMore } = store.list(query);
  return { ids: images.map(({ id }) => id), hasMore };
};

const naiveUsage = (images: readonly Image[], projectId: string): Usage => {
  const own = images.filter((image) => image.owner === projectId && image.status !== 'deleted');
  const waiting = own.filter(({ status }) => ['uploading', 'importing'].includes(status));
  const held = own.filter((image) => !waiting.includes(image));
  return {
    images: own.length,
    bytes: held.reduce((bytes, image) => bytes + (image.sizeBytes ?? 0), 0),
    stagedBytes: waiting.reduce((bytes, image) => bytes + (image.staged?.sizeBytes ?? 0), 0),
    uploading: own.filter(({ status }) => ['saving', 'uploading', 'importing'].includes(status)).length,
  };
};

describe('a list equals filtering and sorting all images', () => {
  test.each([1, 2, 3, 4, 5, 6])('while images are created, changed and deleted (seed %i)', (seed) => {
    const chance = createChance(seed);
    const store = new ImageStore();
    const model = new Map<string, Image>();
    const put = (image: Image): void => {
      store.put(image);
      model.set(image.id, image);
    };
    for (let nth = 0; nth < 150; nth += 1) put(anyImage(chance, anyId(chance)));
    for (let nth = 0; nth < 400; nth += 1) {
      const images = [...model.values()];
      const query = anyQuery(chance, images);
      expect({ query, ...answer(store, query) }).toEqual({ query, ...naiveList(images, query) });
      put(anyImage(chance, chance.below(3) === 0 ? anyId(chance) : chance.pick(images).id));
    }
    for (const projectId of PROJECTS)
      expect(store.usage(projectId)).toEqual(naiveUsage([...model.values()], projectId));
  });

  test.each([11, 12, 13])('in each of many forked stores (seed %i)', (seed) => {
    const chance = createChance(seed);
    type Kept = { store: ImageStore; model: Map<string, Image> };
    const first: Kept = { store: new ImageStore(), model: new Map() };
    const put = ({ store, model }: Kept, image: Image): void => {
      store.put(image);
      model.set(image.id, image);
    };
    for (let nth = 0; nth < 120; nth += 1) put(first, anyImage(chance, anyId(chance)));
    const family = [first];
    for (let nth = 0; nth < 600; nth += 1) {
      const one = chance.pick(family);
      const images = [...one.model.values()];
      if (chance.below(12) === 0) {
        family.push({ store: new ImageStore(one.store.snapshot()), model: new Map(one.model) });
      } else if (chance.below(2) === 0) {
        put(one, anyImage(chance, chance.below(3) === 0 ? anyId(chance) : chance.pick(images).id));
      } else {
        // A few queries only, so that stores meet indexes that others asked for.
        const query = { ...anyQuery(createChance(chance.below(25)), images), limit: 20 };
        const { marker: _, ...unmarked } = query;
        expect(answer(one.store, unmarked)).toEqual(naiveList(images, unmarked));
      }
    }
    for (const { store, model } of family) {
      expect([...store.values()].map(({ id }) => id)).toEqual([...model.keys()].sort());
      for (const id of PROJECTS) expect(store.usage(id)).toEqual(naiveUsage([...model.values()], id));
    }
  });

  test('with each image once when following markers to the last page', () => {
    const chance = createChance(77);
    const store = new ImageStore();
    for (let nth = 0; nth < 300; nth += 1) store.put(anyImage(chance, anyId(chance)));
    const query: ImageQuery = {
      audience: {
        kind: 'project',
        projectId: 'p1',
        own: true,
        visibilities: ['public', 'shared'],
        sharedAs: ['accepted'],
      },
      equal: { name: ['a', 'b', null, ''] },
      sort: [{ key: 'sizeBytes', direction: 'asc' }],
      limit: 7,
    };
    const all = answer(store, { ...query, limit: 1000 }).ids;
    const met: string[] = [];
    for (let page = store.list(query); ; page = store.list({ ...query, marker: met.at(-1) as string })) {
      met.push(...page.images.map(({ id }) => id));
      if (!page.hasMore) break;
    }
    expect(all.length).toBeGreaterThan(30);
    expect(met).toEqual(all);
  });

  test('when value lists would need too many walks', () => {
    const chance = createChance(5);
    const images = Array.from({ length: 200 }, () => anyImage(chance, anyId(chance)));
    const store = new ImageStore();
    for (const image of images) store.put(image);
    const many = [...NAMES, ...Array.from({ length: 3000 }, (_, nth) => `n${nth}`)];
    const query: ImageQuery = {
      audience: EVERYONE,
      equal: { name: many.slice(2), status: ['active', 'queued'] },
      limit: 50,
    };
    expect(answer(store, query)).toEqual(naiveList(images, query));
  });
});

describe('order', () => {
  const store = new ImageStore();
  const names = [null, '', 'B', 'a', '\uff5e', '\u{1f600}'];
  for (const [nth, name] of names.entries()) store.put(anImage({ id: `id-${nth}`, name, createdAt: 100 - nth }));
  store.put(anImage({ id: 'id-9', name: 'a', createdAt: 200 }));
  const ids = (sort?: readonly Sort[]): string[] =>
    answer(store, { audience: EVERYONE, limit: 99, ...(sort && { sort }) }).ids;

  test('is newest first by default', () => {
    expect(ids()).toEqual(['id-9', 'id-0', 'id-1', 'id-2', 'id-3', 'id-4', 'id-5']);
  });

  test('puts null first, sorts texts by code point, and equal names by age in the same direction', () => {
    const ascending = ['id-0', 'id-1', 'id-2', 'id-3', 'id-9', 'id-4', 'id-5'];
    expect(ids([{ key: 'name', direction: 'asc' }])).toEqual(ascending);
    expect(ids([{ key: 'name', direction: 'desc' }])).toEqual(ascending.toReversed());
  });

  test('is newest first among equals after several keys', () => {
    const two: Sort[] = [
      { key: 'status', direction: 'asc' },
      { key: 'name', direction: 'asc' },
    ];
    expect(ids(two)).toEqual(['id-0', 'id-1', 'id-2', 'id-9', 'id-3', 'id-4', 'id-5']);
  });
});

describe('a marker', () => {
  const store = new ImageStore();
  store.put(anImage({ id: 'own', owner: 'p1', createdAt: 1 }));
  store.put(anImage({ id: 'other-private', owner: 'p2', visibility: 'private', createdAt: 2 }));
  store.put(anImage({ id: 'other-community', owner: 'p2', visibility: 'community', createdAt: 3 }));
  store.put(anImage({ id: 'deleted', owner: 'p1', status: 'deleted', createdAt: 4 }));
  const member = { memberId: 'p1', status: 'pending', createdAt: 0, updatedAt: 0 } as const;
  store.put(anImage({ id: 'pending', owner: 'p2', members: [member], createdAt: 5 }));
  store.put(anImage({ id: 'no-more-shared', owner: 'p2', visibility: 'private', members: [member], createdAt: 6 }));
  const project = {
    kind: 'project',
    projectId: 'p1',
    own: true,
    visibilities: ['public'],
    sharedAs: ['accepted'],
  } as const;
  const idsAfter = (marker: string, audience: Audience): string[] => answer(store, { audience, marker, limit: 9 }).ids;
  const problem = (marker: string, audience: Audience): unknown => {
    try {
      return idsAfter(marker, audience);
    } catch (error) {
      return error instanceof DomainError ? error.problem : error;
    }
  };

  test('is not found if it is unknown or deleted', () => {
    for (const marker of ['nothing', 'OWN', 'deleted']) {
      expect(problem(marker, project)).toEqual({ kind: 'marker-not-found', marker });
    }
  });

  test('is refused differently if the caller may not see it', () => {
    for (const marker of ['other-private', 'no-more-shared']) {
      expect(problem(marker, project)).toEqual({ kind: 'marker-not-found', marker, exists: true });
    }
  });

  test('may be a visible image that the list omits', () => {
    expect(idsAfter('pending', project)).toEqual(['own']);
    expect(idsAfter('other-community', project)).toEqual(['own']);
  });

  test('may be any image, even a deleted one, for an administrator', () => {
    expect(idsAfter('deleted', { ...project, seesEverything: true })).toEqual(['own']);
    expect(idsAfter('deleted', EVERYONE)).toEqual(['other-community', 'other-private', 'own']);
  });
});

describe('the cost of a store', () => {
  /** An image that counts how often anything of it is looked at. */
  const counted = (image: Image, counter: { looks: number }): Image =>
    new Proxy(image, {
      get: (target, key) => {
        counter.looks += 1;
        return target[key as keyof Image];
      },
    });

  const fill = (count: number): { store: ImageStore; counter: { looks: number } } => {
    const counter = { looks: 0 };
    const store = new ImageStore();
    const chance = createChance(count);
    for (let nth = 0; nth < count; nth += 1) {
      const name = `n${nth % 7}`;
      const visibility = chance.pick(VISIBILITIES);
      const owner = chance.pick(PROJECTS);
      store.put(counted(anImage({ id: `${nth}`, name, visibility, owner, createdAt: nth, tags: ['t'] }), counter));
    }
    return { store, counter };
  };

  const queries: readonly ImageQuery[] = [
    { audience: EVERYONE, limit: 25 },
    {
      audience: { kind: 'project', projectId: 'p1', own: true, visibilities: ['public'], sharedAs: ['accepted'] },
      equal: { name: ['n3'], isHidden: [false], status: ['active', 'queued'] },
      tags: ['t'],
      sort: [{ key: 'sizeBytes', direction: 'asc' }],
      limit: 25,
    },
    { audience: EVERYONE, times: [{ key: 'createdAt', comparison: 'lt', time: 300 }], limit: 25, marker: '200' },
  ];

  test('reads as many images for a page among 20,000 as among 500, except for search steps', () => {
    const few = fill(500);
    const many = fill(20_000);
    for (const query of queries) {
      const looks = [few, many].map(({ store, counter }) => {
        expect(store.list(query).images).toHaveLength(25);
        counter.looks = 0;
        store.list(query);
        return counter.looks;
      });
      // 40 times the images: a search in each of a few walks is six steps longer, and a full scan would be 19,500 images.
      expect((looks[1] as number) - (looks[0] as number)).toBeLessThan(1000);
    }
  });

  test('updates indexes without iterating over them', () => {
    const { store, counter } = fill(20_000);
    for (const query of queries) store.list(query);
    counter.looks = 0;
    store.put(anImage({ id: '777', name: 'n1', createdAt: 777, tags: ['t'] }));
    expect(counter.looks).toBeLessThan(2000);
  });

  test('reads no image for a snapshot, a store created from it, or its usage', () => {
    const { store, counter } = fill(5000);
    for (const query of queries) store.list(query);
    counter.looks = 0;
    const child = new ImageStore(store.snapshot());
    child.usage('p1');
    child.get('17');
    expect(counter.looks).toBe(0);
  });

  test('builds each index once for all stores of one state', () => {
    const { store, counter } = fill(5000);
    const state = store.snapshot();
    new ImageStore(state).list(queries[0] as ImageQuery);
    expect(counter.looks).toBeGreaterThan(5000);
    for (let nth = 0; nth < 5; nth += 1) {
      const child = new ImageStore(state);
      child.put(anImage({ id: `new ${nth}`, createdAt: 9999 }));
      counter.looks = 0;
      expect(child.list(queries[0] as ImageQuery).images[0]?.id).toBe(`new ${nth}`);
      const grandchild = new ImageStore(child.snapshot());
      expect(
        grandchild.list({ audience: EVERYONE, limit: 2, sort: [{ key: 'createdAt', direction: 'asc' }] }).images[0]?.id,
      ).toBe('0');
      expect(counter.looks).toBeLessThan(2000);
    }
  });

  test('returns the same state while nothing changes', () => {
    const { store } = fill(10);
    const state = store.snapshot();
    expect(store.snapshot()).toBe(state);
    expect(new ImageStore(state).snapshot()).toBe(state);
    store.put(anImage());
    expect(store.snapshot()).not.toBe(state);
  });
});

test('does not store an image that cannot be saved', () => {
  const met: string[] = [];
  const store = new ImageStore(undefined, ({ id }) => {
    if (id === 'bad') throw new Error('disk full');
    met.push(id);
  });
  store.put(anImage({ id: 'good' }));
  expect(() => store.put(anImage({ id: 'bad' }))).toThrow('disk full');
  expect(met).toEqual(['good']);
  expect([...store.values()].map(({ id }) => id)).toEqual(['good']);
  expect(store.usage('p1').images).toBe(1);
});

test('keeps the 64 most recently used indexes', () => {
  const indexes = new IndexCache();
  const made: string[] = [];
  const { order } = orderOf(undefined);
  const ask = (signature: string): void => {
    const design = { signature, attributes: [], byTag: false, order };
    indexes.get(design, () => {
      made.push(signature);
      return ImageIndex.build(design, []);
    });
  };
  for (let nth = 0; nth < 64; nth += 1) ask(`index ${nth}`);
  ask('index 0');
  ask('one more');
  made.length = 0;
  ask('index 0');
  ask('index 63');
  ask('index 1');
  expect(made).toEqual(['index 1']);
});
