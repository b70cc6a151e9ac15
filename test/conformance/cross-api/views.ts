import { expect } from '@jest/globals';
import type { Body, Client } from '../support.ts';
import { VIEWS, type View } from './changes.ts';

/** One thing for each view. */
export type ByView<T> = Readonly<Record<View, T>>;

/** Asks the views one after the other. */
export async function throughAll<T>(ask: (view: View) => Promise<T>): Promise<ByView<T>> {
  const told: [View, T][] = [];
  for (const view of VIEWS) told.push([view, await ask(view)]);
  return Object.fromEntries(told) as ByView<T>;
}

/** Facts of an image, as all views that have a word for them tell them. */
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
  /** In the words of each view. */
  readonly status: ByView<unknown>;
}

/** What one client sees of an image through the five: nothing, the image but no list with it, or both. */
export type Sight = { readonly access: 'hidden' } | { readonly access: 'unlisted' | 'listed'; readonly facts: Facts };

/** Lists in full beside those that are asked anyway, and what tells which image an entry is. */
const DETAILED: readonly (readonly [View, string])[] = [
  ['compute-v2.1', 'compute-v2.1.listImagesDetail'],
  ['rackspace-servers', 'rackspace-servers.listImagesDetail'],
  ['ims', 'ims.listCloudImages'],
];

/**
 * What a client sees of an image. Fails where one view shows it and another does not, or tells something else of it, and
 * where a list and the image itself disagree.
 */
export async function sightOf(client: Client, id: string): Promise<Sight> {
  const shows = await throughAll((view) => client.send(`${view}.showImage`, { image_id: id }));
  const lists = await throughAll((view) => entryOf(client, `${view}.listImages`, id));
  const statuses = VIEWS.map((view) => shows[view].status);
  if (statuses[0] === 404) {
    expect(statuses).toEqual(VIEWS.map(() => 404));
    expect(lists).toEqual(Object.fromEntries(VIEWS.map((view) => [view, undefined])));
    for (const [, operation] of DETAILED) expect(await entryOf(client, operation, id)).toBeUndefined();
    return { access: 'hidden' };
  }
  expect(statuses).toEqual(VIEWS.map(() => 200));
  const images = Object.fromEntries(VIEWS.map((view) => [view, imageOf(shows[view].body)])) as ByView<Body>;
  const isListed = lists['image-v2'] !== undefined;
  for (const view of VIEWS) {
    // Compute's lists tell the least of an image; all others tell all of it.
    expect([view, lists[view]]).toEqual([
      view,
      isListed ? expect.objectContaining(briefOf(view, images[view])) : undefined,
    ]);
  }
  for (const [view, operation] of DETAILED) {
    const full = view === 'ims' ? comparable(images[view]) : images[view];
    expect([operation, await entryOf(client, operation, id)]).toEqual([
      operation,
      isListed ? expect.objectContaining(full) : undefined,
    ]);
  }
  return { access: isListed ? 'listed' : 'unlisted', facts: factsOf(images) };
}

const imageOf = (body: Body): Body => body.image ?? body;

async function entryOf(client: Client, operation: string, id: string): Promise<Body> {
  const { status, body } = await client.send(operation).query({ limit: '100' });
  expect([operation, status]).toEqual([operation, 200]);
  return body.images.find((image: Body) => image.id === id);
}

function briefOf(view: View, image: Body): Body {
  if (view !== 'compute-v2.1' && view !== 'rackspace-servers') return image;
  return { id: image.id, name: image.name, links: image.links };
}

/** What the own list of ims and its native calls have in common. */
const comparable = (image: Body) => Object.fromEntries(COMPARED.map((member) => [member, image[member]]));
const COMPARED = ['name', 'status', 'owner', 'min_disk', 'min_ram', 'created_at', 'updated_at', 'protected'];

const COMPUTE = ['compute-v2.1', 'rackspace-servers'] as const;
const GLANCE = ['image-v2', 'rackspace-images', 'ims'] as const;

/** What ims shows as a flag is a text to the others. */
const withFlags = ({ __whole_image: isWhole, ...metadata }: Body): Body => ({
  ...metadata,
  ...(isWhole !== undefined && { __whole_image: isWhole === 'true' }),
});

/** The facts on which all must agree, from what each says. */
function factsOf(images: ByView<Body>): Facts {
  const glance = images['image-v2'];
  const compute = images['compute-v2.1'];
  for (const view of GLANCE) {
    expect([view, images[view]]).toEqual([
      view,
      expect.objectContaining({
        id: glance.id,
        owner: glance.owner,
        protected: glance.protected,
        tags: expect.arrayContaining(glance.tags),
        min_disk: glance.min_disk,
        min_ram: glance.min_ram,
        created_at: glance.created_at,
        updated_at: glance.updated_at,
        // What was never set is left out by some, and community images came after them.
        name: images[view].name === undefined ? undefined : glance.name,
        visibility: view === 'image-v2' || glance.visibility !== 'community' ? glance.visibility : 'shared',
        ...(view === 'ims' ? withFlags(compute.metadata) : compute.metadata),
      }),
    ]);
    expect([view, images[view].size ?? 0]).toEqual([view, glance.size ?? 0]);
  }
  for (const view of COMPUTE) {
    expect([view, images[view]]).toEqual([
      view,
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
    status: Object.fromEntries(VIEWS.map((view) => [view, images[view].status])) as ByView<unknown>,
  };
}
