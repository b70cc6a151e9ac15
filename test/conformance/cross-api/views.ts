import { expect } from '@jest/globals';
import type { Body, Client } from '../support.ts';
import { APIS, type Api } from './changes.ts';

/** One value for each API. */
export type ByApi<T> = Readonly<Record<Api, T>>;

/** Sends a request to each API, one after the other, and returns the results. */
export async function requestEveryApi<T>(request: (api: Api) => Promise<T>): Promise<ByApi<T>> {
  const values: [Api, T][] = [];
  for (const api of APIS) values.push([api, await request(api)]);
  return Object.fromEntries(values) as ByApi<T>;
}

/** Attributes of an image. All APIs that show an attribute show the same value. */
export interface Facts {
  readonly name: unknown;
  readonly size: unknown;
  readonly minDisk: unknown;
  readonly minRam: unknown;
  readonly owner: unknown;
  readonly visibility: unknown;
  readonly isProtected: unknown;
  readonly tags: unknown;
  readonly properties: unknown;
  /** The status as each API names it. */
  readonly status: ByApi<unknown>;
}

/** What a client sees of an image through the five APIs: nothing, the image itself, or the image and its list entries. */
export type ImageView =
  | { readonly access: 'hidden' }
  | { readonly access: 'unlisted' | 'listed'; readonly facts: Facts };

/** Detailed lists, in addition to `listImages` of each API. */
const DETAILED: readonly (readonly [Api, string])[] = [
  ['compute-v2.1', 'compute-v2.1.listImagesDetail'],
  ['rackspace-servers', 'rackspace-servers.listImagesDetail'],
  ['ims', 'ims.listCloudImages'],
];

/** Returns the images that a list operation shows. */
type Lists = (operation: string) => Promise<readonly Body[]>;

/** Reads each list of a client once, for several images between which nothing changes. */
export function listsOf(client: Client): Lists {
  const lists = new Map<string, Promise<readonly Body[]>>();
  return (operation) => {
    const list = lists.get(operation) ?? readList(client, operation);
    lists.set(operation, list);
    return list;
  };
}

async function readList(client: Client, operation: string): Promise<readonly Body[]> {
  const { status, body } = await client.send(operation).query({ limit: '100' });
  expect([operation, status]).toEqual([operation, 200]);
  return body.images;
}

/**
 * Returns what a client sees of an image. Fails when the APIs disagree, or when a list entry differs from the image.
 */
export async function viewImage(client: Client, id: string, lists = listsOf(client)): Promise<ImageView> {
  const shows = await requestEveryApi((api) => client.send(`${api}.showImage`, { image_id: id }));
  const entryOf = async (operation: string): Promise<Body> =>
    (await lists(operation)).find((image: Body) => image.id === id);
  const entries = await requestEveryApi((api) => entryOf(`${api}.listImages`));
  const statuses = APIS.map((api) => shows[api].status);
  if (statuses[0] === 404) {
    expect(statuses).toEqual(APIS.map(() => 404));
    expect(entries).toEqual(Object.fromEntries(APIS.map((api) => [api, undefined])));
    for (const [, operation] of DETAILED) expect(await entryOf(operation)).toBeUndefined();
    return { access: 'hidden' };
  }
  expect(statuses).toEqual(APIS.map(() => 200));
  const images = Object.fromEntries(APIS.map((api) => [api, imageOf(shows[api].body)])) as ByApi<Body>;
  const isListed = entries['image-v2'] !== undefined;
  for (const api of APIS) {
    // The plain lists of Compute show only id, name and links.
    expect([api, entries[api]]).toEqual([
      api,
      isListed ? expect.objectContaining(summaryOf(api, images[api])) : undefined,
    ]);
  }
  for (const [api, operation] of DETAILED) {
    const expected = api === 'ims' ? comparable(images[api]) : images[api];
    expect([operation, await entryOf(operation)]).toEqual([
      operation,
      isListed ? expect.objectContaining(expected) : undefined,
    ]);
  }
  return { access: isListed ? 'listed' : 'unlisted', facts: factsOf(images) };
}

const imageOf = (body: Body): Body => body.image ?? body;

function summaryOf(api: Api, image: Body): Body {
  if (api !== 'compute-v2.1' && api !== 'rackspace-servers') return image;
  return { id: image.id, name: image.name, links: image.links };
}

/** Members that both lists of ims show. */
const comparable = (image: Body) => Object.fromEntries(COMPARED.map((member) => [member, image[member]]));
const COMPARED = ['name', 'status', 'owner', 'min_disk', 'min_ram', 'created_at', 'updated_at', 'protected'];

const COMPUTE = ['compute-v2.1', 'rackspace-servers'] as const;
const GLANCE = ['image-v2', 'rackspace-images', 'ims'] as const;

/** Converts `__whole_image` from the string of the other APIs to the boolean of ims. */
const withFlags = ({ __whole_image: isWhole, ...metadata }: Body): Body => ({
  ...metadata,
  ...(isWhole !== undefined && { __whole_image: isWhole === 'true' }),
});

/** Checks that all APIs agree and returns the attributes. */
function factsOf(images: ByApi<Body>): Facts {
  const glance = images['image-v2'];
  const compute = images['compute-v2.1'];
  for (const api of GLANCE) {
    expect([api, images[api]]).toEqual([
      api,
      expect.objectContaining({
        id: glance.id,
        owner: glance.owner,
        protected: glance.protected,
        tags: expect.arrayContaining(glance.tags),
        min_disk: glance.min_disk,
        min_ram: glance.min_ram,
        created_at: glance.created_at,
        updated_at: glance.updated_at,
        // Some APIs omit an unset name, and do not know the visibility `community`.
        name: images[api].name === undefined ? undefined : glance.name,
        visibility: api === 'image-v2' || glance.visibility !== 'community' ? glance.visibility : 'shared',
        ...(api === 'ims' ? withFlags(compute.metadata) : compute.metadata),
      }),
    ]);
    expect([api, images[api].size ?? 0]).toEqual([api, glance.size ?? 0]);
  }
  for (const api of COMPUTE) {
    expect([api, images[api]]).toEqual([
      api,
      expect.objectContaining({
        id: glance.id,
        name: glance.name,
        minDisk: glance.min_disk,
        minRam: glance.min_ram,
        created: glance.created_at,
        updated: glance.updated_at,
        'OS-EXT-IMG-SIZE:size': glance.size ?? 0,
        metadata: compute.metadata,
      }),
    ]);
  }
  return {
    name: glance.name,
    size: glance.size,
    minDisk: glance.min_disk,
    minRam: glance.min_ram,
    owner: glance.owner,
    visibility: glance.visibility,
    isProtected: glance.protected,
    tags: [...glance.tags].sort(),
    properties: compute.metadata,
    status: Object.fromEntries(APIS.map((api) => [api, images[api].status])) as ByApi<unknown>,
  };
}
