import { isObject } from '../../base/json.ts';
import type { Steps } from '../../base/slices.ts';
import type { ConductClient } from '../client.ts';
import { Groups } from '../groups.ts';
import type { ConductRequest } from '../request.ts';
import { type ConductRule, judgeEach } from '../rule.ts';
import { SOURCES } from '../sources.ts';

/** Query parameters that a page has and the whole list has not. */
const PAGE_PARAMETERS = ['marker', 'offset', 'page', 'start'];

/** A page of a list with a link to the next one. */
interface LinkedPage {
  readonly request: ConductRequest;
  /** The path and query of the next page. */
  readonly next: string;
}

const known = new WeakMap<ConductClient, readonly LinkedPage[]>();

/** The pages of a client with a link to the next one. */
function* pages(client: ConductClient): Steps<readonly LinkedPage[]> {
  const before = known.get(client);
  if (before !== undefined) return before;
  const linked: LinkedPage[] = [];
  for (const request of client.requests) {
    yield;
    const next = request.method === 'GET' && request.hasSucceeded ? nextLinkOf(request) : undefined;
    if (next !== undefined) linked.push({ request, next });
  }
  known.set(client, linked);
  return linked;
}

/** The link to the next page: `next` as Glance has it, or a link with the relation `next` as Nova and Keystone have it. */
function nextLinkOf(request: ConductRequest): string | undefined {
  // Few bodies have one, and to parse the others takes long.
  if (request.recorded.responseBody.content?.includes('next') !== true) return undefined;
  const { responseJson } = request;
  if (!isObject(responseJson)) return undefined;
  if (typeof responseJson['next'] === 'string') return pathOf(responseJson['next']);
  for (const [name, links] of Object.entries(responseJson)) {
    if (name === 'links' && isObject(links) && typeof links['next'] === 'string') return pathOf(links['next']);
    if (!name.endsWith('_links') || !Array.isArray(links)) continue;
    const link = links.find((each) => isObject(each) && each['rel'] === 'next');
    if (isObject(link) && typeof link['href'] === 'string') return pathOf(link['href']);
  }
  return undefined;
}

const pathOf = (link: string): string => {
  const url = new URL(link, 'http://server');
  return url.pathname + url.search;
};

const parametersOf = (url: string): URLSearchParams => new URLSearchParams(url.split('?')[1] ?? '');

/** Whether a request reads the page that a link names, even if its parameters differ. */
const readsPage = (request: ConductRequest, next: string): boolean => {
  if (request.method !== 'GET' || !next.split('?', 1)[0]?.endsWith(lastSegments(request.path))) return false;
  const [sent, linked] = [new URLSearchParams(request.search), parametersOf(next)];
  return PAGE_PARAMETERS.some((name) => linked.has(name) && linked.get(name) === sent.get(name));
};

/** Parameters of a link that a request has not, or with other values. */
const lostOf = ({ search }: ConductRequest, next: string): readonly string[] => {
  const [sent, linked] = [new URLSearchParams(search), parametersOf(next)];
  return [...new Set(linked.keys())].filter((name) => String(linked.getAll(name)) !== String(sent.getAll(name)));
};

/** Whether the client goes on with an image of a page, because it was looking for it. */
const hasFound = (client: ConductClient, page: ConductRequest): boolean => {
  const text = String(page.recorded.responseBody.content ?? '');
  return client.after(page, ({ image }) => image !== undefined && text.includes(image)) !== undefined;
};

const isPage = ({ search }: ConductRequest): boolean =>
  PAGE_PARAMETERS.some((name) => new URLSearchParams(search).has(name));

/** The end of a path, because links of Glance leave out where the service is mounted. */
const lastSegments = (path: string): string => path.split('/').slice(-2).join('/');

/** Rules on how a client reads lists. */
export const pagingRules: readonly ConductRule[] = [
  {
    id: 'paging-stopped-early',
    title: 'Read all pages of a list, up to the one without a link to the next',
    severity: 'warning',
    sources: [SOURCES.pagination],
    *check(client) {
      return yield* judgeEach(yield* pages(client), ({ request, next }) => {
        const followed = client.after(request, (other) => readsPage(other, next));
        // A link to a page that the client has read is no next page.
        const isLoop = readsPage(request, next) || client.before(request, (other) => readsPage(other, next));
        if (followed !== undefined || isLoop || hasFound(client, request)) return null;
        // A client that asks for a page of its own size may want only this one; one that has read two pages wants them all.
        const hasOwnLimit = new URLSearchParams(request.search).has('limit');
        if (!isPage(request) && hasOwnLimit) return undefined;
        return { message: `did not read the page after ${request.name}`, entries: [request.id] };
      });
    },
  },
  {
    id: 'followed-next-for-ever',
    title: 'Stop when the link to the next page leads to a page that you have read',
    severity: 'error',
    sources: [SOURCES.pagination],
    *check(client) {
      const byUrl = new Groups<string, ConductRequest>();
      for (const { request } of yield* pages(client)) if (isPage(request)) byUrl.add(request.recorded.url, request);
      return yield* judgeEach(byUrl.values(), (same) => {
        const [first] = same;
        // Each time that the client reads the list from its start, it may read all pages again.
        const isStart = (other: ConductRequest): boolean => other.path === first?.path && !isPage(other);
        if (same.length < 4 + client.requests.filter(isStart).length) return null;
        return {
          message: `read the page ${first?.recorded.url} ${same.length} times`,
          entries: same.map(({ id }) => id),
        };
      });
    },
  },
  {
    id: 'next-link-rebuilt',
    title: 'Follow the link to the next page as it is, with its filters, limit and order',
    severity: 'warning',
    sources: [SOURCES.pagination],
    *check(client) {
      return yield* judgeEach(yield* pages(client), ({ request, next }) => {
        const followed = client.after(request, (other) => readsPage(other, next));
        if (followed === undefined) return undefined;
        const isWhole = (other: ConductRequest): boolean => readsPage(other, next) && lostOf(other, next).length === 0;
        if (client.after(request, isWhole) !== undefined) return null;
        const lost = lostOf(followed, next);
        const message = `read the next page of ${request.name} without ${lost.join(', ')} of the link`;
        return { message, entries: [request.id, followed.id] };
      });
    },
  },
];
