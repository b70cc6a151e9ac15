import { createHash } from 'node:crypto';
import { type Server, send } from './server.ts';

/** What clients were told: the images that exist, with the digest of their data, and those that were deleted. */
export interface Acknowledged {
  /** MD5 of the data by image id; `null` for an image without data. */
  readonly images: Map<string, string | null>;
  readonly deleted: Set<string>;
  /** Ids of images for which a request was under way when the server ended, so that both outcomes are right. */
  readonly open: Set<string>;
}

/** Creates an empty record of what clients were told. */
export const nothingAcknowledged = (): Acknowledged => ({ images: new Map(), deleted: new Set(), open: new Set() });

const NEW_IMAGE = { name: 'torture', disk_format: 'raw', container_format: 'bare' };

/** Creates, fills and deletes images until the server ends. Notes each response. */
export async function write(
  server: Server,
  acknowledged: Acknowledged,
  random: (max: number) => number,
): Promise<void> {
  try {
    for (;;) await writeOnce(server, acknowledged, random);
  } catch {
    // The server has ended.
  }
}

/** Creates an image, and may fill or delete it. Returns the status of the first response that is an error. */
export async function writeOnce(
  { url, token }: Server,
  acknowledged: Acknowledged,
  random: (max: number) => number,
): Promise<number | undefined> {
  const { images, deleted, open } = acknowledged;
  const created = await send(url, 'POST', '/image/v2/images', { token, body: NEW_IMAGE });
  const text = await created.text();
  if (created.status !== 201) return created.status;
  const { id } = JSON.parse(text) as { id: string };
  images.set(id, null);
  const action = random(4);
  if (action === 0) return undefined;
  open.add(id);
  const data = Buffer.alloc(random(3) === 0 ? 100 : 20_000, id);
  const path = `/image/v2/images/${id}`;
  const response =
    action === 1
      ? await send(url, 'DELETE', path, { token })
      : await send(url, 'PUT', `${path}/file`, { token, body: data });
  await response.arrayBuffer();
  if (response.status !== 204) return response.status;
  open.delete(id);
  if (action === 1) {
    images.delete(id);
    deleted.add(id);
  } else images.set(id, createHash('md5').update(data).digest('hex'));
  return undefined;
}

/** Compares a server with what clients were told. Returns what is lost or changed. */
export async function findLosses(
  { url, token }: Server,
  { images, deleted, open }: Acknowledged,
): Promise<readonly string[]> {
  const losses: string[] = [];
  for (const [id, digest] of images) {
    const response = await send(url, 'GET', `/image/v2/images/${id}`, { token });
    const text = await response.text();
    if (open.has(id)) {
      if (response.status === 200 && JSON.parse(text).status === 'saving') losses.push(`${id} is saving for ever`);
      continue;
    }
    if (response.status !== 200) losses.push(`image ${id} is lost: ${response.status}`);
    else if (JSON.parse(text).checksum !== digest) losses.push(`image ${id} has other data: ${text}`);
    else if (digest !== null) losses.push(...(await checkData({ url, token }, id, digest)));
  }
  for (const id of deleted) {
    const { status } = await send(url, 'GET', `/image/v2/images/${id}`, { token });
    if (status !== 404) losses.push(`image ${id} was deleted, and is there again`);
  }
  return losses;
}

async function checkData(
  { url, token }: Pick<Server, 'url' | 'token'>,
  id: string,
  digest: string,
): Promise<readonly string[]> {
  const bytes = Buffer.from(await (await send(url, 'GET', `/image/v2/images/${id}/file`, { token })).arrayBuffer());
  return createHash('md5').update(bytes).digest('hex') === digest ? [] : [`the data of image ${id} differs`];
}
