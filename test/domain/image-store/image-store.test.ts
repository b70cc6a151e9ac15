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

/** Creates a seeded random generator (mulberry32). */
function createRandom(seed: number): { below(limit: number): number; pick<T>(list: readonly T[]): T } {
  let state = seed;
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
  return { below, pick: <T>(list: readonly T[]): T => list[below(list.length)] as T };
}
type RandomSource = ReturnType<typeof createRandom>;

let createdCount = 0;

function createImage(changes: Partial<Image> = {}): Image {
  createdCount += 1;
  return {
    id: `${String(createdCount).padStart(8, '0')}-0000-4000-8000-000000000000`,
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
    createdAt: createdCount,
    updatedAt: createdCount,
    deletedAt: null,
    tags: [],
    properties: {},
    members: [],
    data: null,
    usedBy: [],
    ...changes,
  };
}

const NAMES = [null, '', 'a', 'A', 'b', '_', 'é', '\u{1f600}', '\uff5e'] as const;
const PROJECTS = ['p1', 'p2', 'p3'] as const;
const TAGS = ['t1', 't2', 't3', 'a b', '"'] as const;
const SIZES = [null, 0, 1, 2, 1000] as const;

const randomImage = (random: RandomSource, id: string): Image =>
  createImage({
    id,
    name: random.pick(NAMES),
    owner: random.pick([...PROJECTS, null]),
    status: random.pick(IMAGE_STATUSES),
    visibility: random.pick(VISIBILITIES),
    isProtected: random.below(2) === 0,
    isHidden: random.below(4) === 0,
    containerFormat: random.pick([null, 'bare', 'ovf']),
    diskFormat: random.pick([null, 'raw', 'qcow2']),
    minDisk: random.below(3),
    minRam: random.below(3),
    sizeBytes: random.pick(SIZES),
    checksum: random.pick([null, 'c1']),
    createdAt: random.below(6),
    updatedAt: random.below(6),
    tags: TAGS.filter(() => random.below(3) === 0),
    properties:
      random.below(2) === 0 ? { os: random.pick(['linux', 'bsd']), constructor: random.pick(['x', 'y']) } : {},
    members: PROJECTS.filter(() => random.below(3) === 0).map((memberId) => ({
      memberId,
      status: random.pick(MEMBER_STATUSES),
      createdAt: 0,
      updatedAt: 0,
    })),
  });

const randomId = (random: RandomSource): string => {
  const digits = String(random.below(100_000_000)).padStart(8, '0');
  return `${digits}-0000-4000-8000-000000000000`;
};

/** The expected result: filters and sorts all images without indexes. */
function naiveList(images: readonly Image[], query: ImageQuery): { ids: string[]; hasMore: boolean } {
  const { audience } = query;
  const isVisible = (image: Image): boolean =>
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
  const matches = (image: Image): boolean =>
    isVisible(image) &&
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
  const tieDirection = query.sort?.length === 1 && query.sort[0] ? query.sort[0].direction : 'desc';
  const sorts: Sort[] = [...(query.sort ?? [])];
  for (const key of ['createdAt', 'id'] as const) {
    if (!sorts.some((sort) => sort.key === key)) sorts.push({ key, direction: tieDirection });
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
    .filter((image) => matches(image) && (marker === undefined || compare(image, marker) > 0))
    .sort(compare);
  return { ids: following.slice(0, query.limit).map(({ id }) => id), hasMore: following.length > query.limit };
}

const randomAudience = (random: RandomSource): Audience =>
  random.below(4) === 0
    ? EVERYONE
    : {
        kind: 'project',
        projectId: random.pick(PROJECTS),
        own: random.below(4) > 0,
        visibilities: VISIBILITIES.filter(() => random.below(2) === 0),
        sharedAs: MEMBER_STATUSES.filter(() => random.below(2) === 0),
        // Allows any image as marker. Invisible markers have their own tests below.
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

function randomQuery(random: RandomSource, images: readonly Image[]): ImageQuery {
  const keys = Object.keys(EQUALITIES).filter(() => random.below(8) === 0);
  const attributeFilters = keys.map((key) => [
    key,
    Array.from({ length: random.below(5) === 0 ? 3 : 1 }, () => random.pick(EQUALITIES[key] as readonly string[])),
  ]);
  const byId = random.below(10) === 0 ? [['id', Array.from({ length: 6 }, () => random.pick(images).id)]] : [];
  const sorts = SORT_KEYS.filter(() => random.below(6) === 0).sort(() => random.below(3) - 1);
  return {
    audience: randomAudience(random),
    limit: random.pick([0, 1, 2, 7, 25, 1000]),
    equal: Object.fromEntries([...attributeFilters, ...byId]),
    ...(sorts.length > 0 && { sort: sorts.map((key) => ({ key, direction: random.pick(['asc', 'desc'] as const) })) }),
    ...(random.below(3) === 0 && { marker: random.pick(images).id }),
    ...(random.below(4) === 0 && { tags: TAGS.filter(() => random.below(3) === 0) }),
    ...(random.below(5) === 0 && { properties: { [random.pick(['os', 'constructor', 'toString'])]: ['linux', 'x'] } }),
    ...(random.below(5) === 0 && { sizeAtLeast: random.pick([0, 1, 2]) }),
    ...(random.below(5) === 0 && { sizeAtMost: random.pick([0, 1, 500]) }),
    ...(random.below(4) === 0 && {
      times: Array.from({ length: 1 + random.below(2) }, () => ({
        key: random.pick(['createdAt', 'updatedAt'] as const),
        comparison: random.pick(['gt', 'gte', 'eq', 'neq', 'lt', 'lte'] as const),
        time: random.below(6),
      })),
    }),
    ...(random.below(3) === 0 && { deleted: random.pick(['exclude', 'include', 'only'] as const) }),
  };
}

const list = (store: ImageStore, query: ImageQuery): { ids: string[]; hasMore: boolean } => {
  const { images, hasMore } = store.list(query);
  return { ids: images.map(({ id }) => id), hasMore };
};

const naiveUsage = (images: readonly Image[], projectId: string): Usage => {
  const own = images.filter((image) => image.owner === projectId && image.status !== 'deleted');
  const staging = own.filter(({ status }) => ['uploading', 'importing'].includes(status));
  const stored = own.filter((image) => !staging.includes(image));
  return {
    images: own.length,
    bytes: stored.reduce((bytes, image) => bytes + (image.sizeBytes ?? 0), 0),
    stagedBytes: staging.reduce((bytes, image) => bytes + (image.staged?.sizeBytes ?? 0), 0),
    uploading: own.filter(({ status }) => ['saving', 'uploading', 'importing'].includes(status)).length,
  };
};

describe('a list equals filtering and sorting all images', () => {
  test.each([1, 2, 3, 4, 5, 6])('while images are created, changed and deleted (seed %i)', (seed) => {
    const random = createRandom(seed);
    const store = new ImageStore();
    const model = new Map<string, Image>();
    const put = (image: Image): void => {
      store.put(image);
      model.set(image.id, image);
    };
    for (let nth = 0; nth < 150; nth += 1) put(randomImage(random, randomId(random)));
    for (let nth = 0; nth < 400; nth += 1) {
      const images = [...model.values()];
      const query = randomQuery(random, images);
      expect({ query, ...list(store, query) }).toEqual({ query, ...naiveList(images, query) });
      put(randomImage(random, random.below(3) === 0 ? randomId(random) : random.pick(images).id));
    }
    for (const projectId of PROJECTS)
      expect(store.usage(projectId)).toEqual(naiveUsage([...model.values()], projectId));
  });

  test.each([11, 12, 13])('in each of many forked stores (seed %i)', (seed) => {
    const random = createRandom(seed);
    type ModeledStore = { store: ImageStore; model: Map<string, Image> };
    const first: ModeledStore = { store: new ImageStore(), model: new Map() };
    const put = ({ store, model }: ModeledStore, image: Image): void => {
      store.put(image);
      model.set(image.id, image);
    };
    for (let nth = 0; nth < 120; nth += 1) put(first, randomImage(random, randomId(random)));
    const stores = [first];
    for (let nth = 0; nth < 600; nth += 1) {
      const modeled = random.pick(stores);
      const images = [...modeled.model.values()];
      if (random.below(12) === 0) {
        stores.push({ store: new ImageStore(modeled.store.snapshot()), model: new Map(modeled.model) });
      } else if (random.below(2) === 0) {
        put(modeled, randomImage(random, random.below(3) === 0 ? randomId(random) : random.pick(images).id));
      } else {
        // Few different queries, so that stores find indexes that other stores have built.
        const query = { ...randomQuery(createRandom(random.below(25)), images), limit: 20 };
        const { marker: _, ...withoutMarker } = query;
        expect(list(modeled.store, withoutMarker)).toEqual(naiveList(images, withoutMarker));
      }
    }
    for (const { store, model } of stores) {
      expect([...store.after()].map(({ id }) => id)).toEqual([...model.keys()].sort());
      for (const id of PROJECTS) expect(store.usage(id)).toEqual(naiveUsage([...model.values()], id));
    }
  });

  test('with each image once when following markers to the last page', () => {
    const random = createRandom(77);
    const store = new ImageStore();
    for (let nth = 0; nth < 300; nth += 1) store.put(randomImage(random, randomId(random)));
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
    const all = list(store, { ...query, limit: 1000 }).ids;
    const collected: string[] = [];
    for (let page = store.list(query); ; page = store.list({ ...query, marker: collected.at(-1) as string })) {
      collected.push(...page.images.map(({ id }) => id));
      if (!page.hasMore) break;
    }
    expect(all.length).toBeGreaterThan(30);
    expect(collected).toEqual(all);
  });

  test('when the combinations of filter values are too many for index lookups', () => {
    const random = createRandom(5);
    const images = Array.from({ length: 200 }, () => randomImage(random, randomId(random)));
    const store = new ImageStore();
    for (const image of images) store.put(image);
    const large = [...NAMES, ...Array.from({ length: 3000 }, (_, nth) => `n${nth}`)];
    const query: ImageQuery = {
      audience: EVERYONE,
      equal: { name: large.slice(2), status: ['active', 'queued'] },
      limit: 50,
    };
    expect(list(store, query)).toEqual(naiveList(images, query));
  });
});

describe('order', () => {
  const store = new ImageStore();
  const names = [null, '', 'B', 'a', '\uff5e', '\u{1f600}'];
  for (const [nth, name] of names.entries()) store.put(createImage({ id: `id-${nth}`, name, createdAt: 100 - nth }));
  store.put(createImage({ id: 'id-9', name: 'a', createdAt: 200 }));
  const ids = (sort?: readonly Sort[]): string[] =>
    list(store, { audience: EVERYONE, limit: 99, ...(sort && { sort }) }).ids;

  test('is newest first by default', () => {
    expect(ids()).toEqual(['id-9', 'id-0', 'id-1', 'id-2', 'id-3', 'id-4', 'id-5']);
  });

  test('puts null first, strings by code point, and equal names by age in the same direction', () => {
    const ascending = ['id-0', 'id-1', 'id-2', 'id-3', 'id-9', 'id-4', 'id-5'];
    expect(ids([{ key: 'name', direction: 'asc' }])).toEqual(ascending);
    expect(ids([{ key: 'name', direction: 'desc' }])).toEqual(ascending.toReversed());
  });

  test('is newest first for equal values of several keys', () => {
    const two: Sort[] = [
      { key: 'status', direction: 'asc' },
      { key: 'name', direction: 'asc' },
    ];
    expect(ids(two)).toEqual(['id-0', 'id-1', 'id-2', 'id-9', 'id-3', 'id-4', 'id-5']);
  });
});

describe('a marker', () => {
  const store = new ImageStore();
  store.put(createImage({ id: 'own', owner: 'p1', createdAt: 1 }));
  store.put(createImage({ id: 'other-private', owner: 'p2', visibility: 'private', createdAt: 2 }));
  store.put(createImage({ id: 'other-community', owner: 'p2', visibility: 'community', createdAt: 3 }));
  store.put(createImage({ id: 'deleted', owner: 'p1', status: 'deleted', createdAt: 4 }));
  const member = { memberId: 'p1', status: 'pending', createdAt: 0, updatedAt: 0 } as const;
  store.put(createImage({ id: 'pending', owner: 'p2', members: [member], createdAt: 5 }));
  store.put(createImage({ id: 'no-more-shared', owner: 'p2', visibility: 'private', members: [member], createdAt: 6 }));
  const project = {
    kind: 'project',
    projectId: 'p1',
    own: true,
    visibilities: ['public'],
    sharedAs: ['accepted'],
  } as const;
  const idsAfter = (marker: string, audience: Audience): string[] => list(store, { audience, marker, limit: 9 }).ids;
  const problemOf = (marker: string, audience: Audience): unknown => {
    try {
      return idsAfter(marker, audience);
    } catch (error) {
      return error instanceof DomainError ? error.problem : error;
    }
  };

  test('is not found if it is unknown or deleted', () => {
    for (const marker of ['nothing', 'OWN', 'deleted']) {
      expect(problemOf(marker, project)).toEqual({ kind: 'marker-not-found', marker });
    }
  });

  test('is reported as existing if the caller cannot see it', () => {
    for (const marker of ['other-private', 'no-more-shared']) {
      expect(problemOf(marker, project)).toEqual({ kind: 'marker-not-found', marker, exists: true });
    }
  });

  test('can be a visible image that the list omits', () => {
    expect(idsAfter('pending', project)).toEqual(['own']);
    expect(idsAfter('other-community', project)).toEqual(['own']);
  });

  test('can be any image, even a deleted one, for administrators', () => {
    expect(idsAfter('deleted', { ...project, seesEverything: true })).toEqual(['own']);
    expect(idsAfter('deleted', EVERYONE)).toEqual(['other-community', 'other-private', 'own']);
  });
});

describe('the cost of a store', () => {
  /** Wraps an image so that reads of its members are counted. */
  const countReads = (image: Image, counter: { reads: number }): Image =>
    new Proxy(image, {
      get: (target, key) => {
        counter.reads += 1;
        return target[key as keyof Image];
      },
    });

  const fillStore = (count: number): { store: ImageStore; counter: { reads: number } } => {
    const counter = { reads: 0 };
    const store = new ImageStore();
    const random = createRandom(count);
    for (let nth = 0; nth < count; nth += 1) {
      const name = `n${nth % 7}`;
      const visibility = random.pick(VISIBILITIES);
      const owner = random.pick(PROJECTS);
      store.put(
        countReads(createImage({ id: `${nth}`, name, visibility, owner, createdAt: nth, tags: ['t'] }), counter),
      );
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

  test('reads as many images for a page of 20,000 as of 500, except for search steps', () => {
    const small = fillStore(500);
    const large = fillStore(20_000);
    for (const query of queries) {
      const reads = [small, large].map(({ store, counter }) => {
        expect(store.list(query).images).toHaveLength(25);
        counter.reads = 0;
        store.list(query);
        return counter.reads;
      });
      // With 40 times the images, each index search takes about six more steps; a full scan would read 19,500 more images.
      expect((reads[1] as number) - (reads[0] as number)).toBeLessThan(1000);
    }
  });

  test('updates indexes without iterating over them', () => {
    const { store, counter } = fillStore(20_000);
    for (const query of queries) store.list(query);
    counter.reads = 0;
    store.put(createImage({ id: '777', name: 'n1', createdAt: 777, tags: ['t'] }));
    expect(counter.reads).toBeLessThan(2000);
  });

  test('reads no image for a snapshot, a store created from it, or its usage', () => {
    const { store, counter } = fillStore(5000);
    for (const query of queries) store.list(query);
    counter.reads = 0;
    const child = new ImageStore(store.snapshot());
    child.usage('p1');
    child.get('17');
    expect(counter.reads).toBe(0);
  });

  test('builds each index once for all stores of one state', () => {
    const { store, counter } = fillStore(5000);
    const state = store.snapshot();
    new ImageStore(state).list(queries[0] as ImageQuery);
    expect(counter.reads).toBeGreaterThan(5000);
    for (let nth = 0; nth < 5; nth += 1) {
      const child = new ImageStore(state);
      child.put(createImage({ id: `new ${nth}`, createdAt: 9999 }));
      counter.reads = 0;
      expect(child.list(queries[0] as ImageQuery).images[0]?.id).toBe(`new ${nth}`);
      const grandchild = new ImageStore(child.snapshot());
      expect(
        grandchild.list({ audience: EVERYONE, limit: 2, sort: [{ key: 'createdAt', direction: 'asc' }] }).images[0]?.id,
      ).toBe('0');
      expect(counter.reads).toBeLessThan(2000);
    }
  });

  test('returns the same state while nothing changes', () => {
    const { store } = fillStore(10);
    const state = store.snapshot();
    expect(store.snapshot()).toBe(state);
    expect(new ImageStore(state).snapshot()).toBe(state);
    store.put(createImage());
    expect(store.snapshot()).not.toBe(state);
  });
});

test('does not store an image that cannot be saved', () => {
  const collected: string[] = [];
  const store = new ImageStore(undefined, ({ id }) => {
    if (id === 'bad') throw new Error('disk full');
    collected.push(id);
  });
  store.put(createImage({ id: 'good' }));
  expect(() => store.put(createImage({ id: 'bad' }))).toThrow('disk full');
  expect(collected).toEqual(['good']);
  expect([...store.after()].map(({ id }) => id)).toEqual(['good']);
  expect(store.usage('p1').images).toBe(1);
});

test('keeps the 64 most recently used indexes', () => {
  const indexes = new IndexCache();
  const built: string[] = [];
  const { order } = orderOf(undefined);
  const getIndex = (signature: string): void => {
    const design = { signature, attributes: [], byTag: false, order };
    indexes.get(design, () => {
      built.push(signature);
      return ImageIndex.build(design, []);
    });
  };
  for (let nth = 0; nth < 64; nth += 1) getIndex(`index ${nth}`);
  getIndex('index 0');
  getIndex('one more');
  built.length = 0;
  getIndex('index 0');
  getIndex('index 63');
  getIndex('index 1');
  expect(built).toEqual(['index 1']);
});
