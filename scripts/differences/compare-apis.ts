/** Sends the same requests to all APIs: the part of docs/differences.md that comes from responses. */
import request from 'supertest';
import type { Contract } from '../../src/contract/contract.ts';
import { IMAGE_STATUSES, VISIBILITIES } from '../../src/domain/image.ts';
import { defaultFixtures } from '../../src/fixtures/default-fixtures.ts';
import { type Client, clientOf } from '../../test/conformance/support.ts';
import { NOON, type StartedEmulator, startEmulator } from '../../test/support/emulator.ts';
import { signed } from '../../test/support/sign.ts';

/** A response, as the page shows it. */
export interface ApiResponse {
  readonly api: string;
  readonly status: number;
  /** Headers that differ between APIs, as `Name: value`. */
  readonly headers: readonly string[];
  /** The body on one line, links without the address of the server. */
  readonly text: string;
}

/** A request that all APIs get, with their responses. */
export interface SharedRequest {
  readonly title: string;
  readonly responses: readonly ApiResponse[];
}

/** How a list operation pages. */
export interface PageSizes {
  readonly operation: string;
  /** Images in a page without `limit`. */
  readonly pageSize: number | 'all';
  /** Images in a page with a very large `limit`. */
  readonly maximum: number | 'all';
  /** The other members of the body, which link to the next page. */
  readonly next: string;
}

/** The results of all requests. */
export interface Comparison {
  readonly requests: readonly SharedRequest[];
  readonly lists: readonly PageSizes[];
  /** What each API returns for each status and visibility, in the order of the APIs. */
  readonly statuses: readonly (readonly [string, readonly string[]])[];
  readonly visibilities: readonly (readonly [string, readonly string[]])[];
  /** One image in full, as each API shows it. */
  readonly samples: readonly { readonly api: string; readonly text: string }[];
}

const UNKNOWN_ID = '5b1f0c58-7f8f-4e0b-9d0e-0d7c5d1f3a77';
const SHOWN_HEADERS = ['content-type', 'www-authenticate', 'allow', 'retry-after'];
/** Number of images, more than the largest page. */
const MANY = 1100;
const LIST_OPERATIONS = ['listImages', 'listImagesDetail', 'listCloudImages'];
const titleCase = (header: string): string =>
  header.replaceAll(/^www(?=-)|(^|-)[a-z]/g, (letters) => letters.toUpperCase());

function responseOf(api: string, response: request.Response, { url }: StartedEmulator): ApiResponse {
  return {
    api,
    status: response.status,
    headers: SHOWN_HEADERS.flatMap((name) => {
      const value = response.headers[name];
      return value === undefined ? [] : [`${titleCase(name)}: ${String(value).replaceAll(url, '')}`];
    }),
    text: response.text
      .replaceAll(url, '')
      .replace(/("request_id":")[^"]*/, '$1…')
      .replaceAll(/\s*\n\s*/g, ' ')
      .trim(),
  };
}

/** Sends all requests to the APIs of these contracts. */
export async function compareApis(contracts: readonly Contract[]): Promise<Comparison> {
  const emulator = await startEmulator({ frozenAt: NOON });
  try {
    const client = await clientOf(emulator);
    return {
      requests: await requests(contracts, client),
      lists: await lists(contracts),
      statuses: await memberByImage(
        contracts,
        client,
        IMAGE_STATUSES.map((status) => [status, `status-${status.replace('_', '-')}`]),
        'status',
      ),
      visibilities: await memberByImage(
        contracts,
        client,
        VISIBILITIES.map((name) => [name, imageOf(name)]),
        'visibility',
      ),
      samples: await samples(contracts, client),
    };
  } finally {
    await emulator.close();
  }
}

const imageOf = (visibility: string): string =>
  visibility === 'public' ? 'cirros-0.6.2-x86_64-disk' : `demo-${visibility}`;

async function requests(contracts: readonly Contract[], client: Client): Promise<readonly SharedRequest[]> {
  const { emulator } = client;
  const sendToAll = async (
    title: string,
    send: (api: string) => request.Test,
    before?: (api: string) => Promise<unknown>,
  ) => {
    const responses: ApiResponse[] = [];
    for (const { name } of contracts) {
      await before?.(name);
      responses.push(responseOf(name, await send(name).set('Accept', 'application/json'), emulator));
    }
    return { title, responses };
  };
  const show = (api: string, image_id: string) => client.send(`${api}.showImage`, { image_id });
  const remove = (api: string, name: string) => client.send(`${api}.deleteImage`, { image_id: client.imageId(name) });
  const injected = (status: number) =>
    sendToAll(
      `${status}, injected into a delete`,
      (api) => remove(api, 'demo-private'),
      (api) =>
        client.admin('post', '/faults', {
          match: { operation: `${api}.deleteImage` },
          fault: { answer: status },
          undocumented: true,
        }),
    );
  const signedShow = (api: string) => {
    const test = show(api, UNKNOWN_ID).unset('X-Auth-Token');
    return test.set(signed({ method: 'GET', url: test.url, access: 'demo-ak', secret: 'demo-sk', time: NOON }));
  };
  return [
    await sendToAll('No token', (api) => show(api, UNKNOWN_ID).unset('X-Auth-Token')),
    await sendToAll('An unknown image, signed with an access key', signedShow),
    await sendToAll('An unknown image', (api) => show(api, UNKNOWN_ID)),
    await sendToAll('Deleting a protected image', (api) => remove(api, 'demo-protected')),
    await sendToAll('Deleting an image of another project', (api) => remove(api, 'cirros-0.6.2-x86_64-disk')),
    await sendToAll('Deleting an image that a server uses', (api) => remove(api, 'in-use-by-web-1')),
    await sendToAll('Deleting an id that is not a UUID', (api) =>
      client.send(`${api}.deleteImage`, { image_id: 'no-uuid' }),
    ),
    await sendToAll('A list with an invalid limit', (api) => client.send(`${api}.listImages`).query({ limit: 'many' })),
    await sendToAll('A list after an unknown image', (api) =>
      client.send(`${api}.listImages`).query({ marker: UNKNOWN_ID }),
    ),
    await sendToAll('An unsupported method', (api) =>
      request(emulator.url)
        .put(new URL(show(api, UNKNOWN_ID).url).pathname)
        .set('X-Auth-Token', client.token),
    ),
    await injected(413),
    await injected(503),
  ];
}

/** Returns a member of each image in each API, or the status of the error response. */
async function memberByImage(
  contracts: readonly Contract[],
  client: Client,
  images: readonly (readonly [string, string])[],
  member: string,
): Promise<readonly (readonly [string, readonly string[]])[]> {
  const rows: [string, readonly string[]][] = [];
  for (const [state, name] of images) {
    const cells: string[] = [];
    for (const { name: api } of contracts) {
      const { status, body } = await client.send(`${api}.showImage`, { image_id: client.imageId(name) });
      const image = body.image ?? body;
      cells.push(status === 200 ? String(image[member] ?? '') : `*${status}*`);
    }
    rows.push([state, cells]);
  }
  return rows;
}

/** Returns the image of a server, as each API shows it. */
async function samples(contracts: readonly Contract[], client: Client): Promise<Comparison['samples']> {
  const shown: { api: string; text: string }[] = [];
  for (const { name: api } of contracts) {
    const { body } = await client.send(`${api}.showImage`, { image_id: client.imageId('web-1-snapshot') });
    shown.push({ api, text: JSON.stringify(body, null, 2).replaceAll(client.emulator.url, '') });
  }
  return shown;
}

/** Measures the page sizes of each list, in a world with many images. */
async function lists(contracts: readonly Contract[]): Promise<readonly PageSizes[]> {
  const fixtures = defaultFixtures();
  const template = fixtures.images.find(({ name }) => name === 'status-queued');
  if (template === undefined) throw new Error('The default fixtures have no image "status-queued".');
  const many = Array.from({ length: MANY }, (_, index) => ({ ...template, name: `image-${index}`, createdAt: 0 }));
  const images = [...fixtures.images, ...many];
  const emulator = await startEmulator({ frozenAt: NOON, fixtures: { ...fixtures, images } });
  try {
    const client = await clientOf(emulator);
    const operations = contracts.flatMap(({ name, operations: offered }) =>
      LIST_OPERATIONS.filter((id) => offered[id] !== undefined).map((id) => `${name}.${id}`),
    );
    const found: PageSizes[] = [];
    const seen = (await client.send('compute-v2.1.listImages')).body.images.length;
    const orAll = (count: number): number | 'all' => (count < seen ? count : 'all');
    for (const operation of operations) {
      const list = await listOf(operation, client);
      found.push({ ...list, pageSize: orAll(list.pageSize), maximum: orAll(list.maximum) });
    }
    return found;
  } finally {
    await emulator.close();
  }
}

async function listOf(
  operation: string,
  client: Client,
): Promise<PageSizes & Readonly<Record<'pageSize' | 'maximum', number>>> {
  const page = async (query: Readonly<Record<string, string>>) => (await client.send(operation).query(query)).body;
  const { images: _, ...rest } = await page({ limit: '1' });
  return {
    operation,
    pageSize: (await page({})).images.length,
    maximum: (await page({ limit: '100000' })).images?.length,
    next: JSON.stringify(rest).replaceAll(client.emulator.url, ''),
  };
}
