/** Lists in pages. */
import { TaskError } from './http.mjs';

/** Adds a query to an address. */
const withQuery = (url, query) => {
  const text = new URLSearchParams(query).toString();
  return text === '' ? url : `${url}?${text}`;
};

/**
 * Reads all pages of a list.
 * @param session the login.
 * @param address of the list: its URL, what its relative links refer to, and its query.
 * @param form how the list is written: the member with its items, and how a page links to the next one.
 */
export async function readPages(session, { url, base, query = {} }, { member, linkOf }) {
  const { mistakes } = session.http;
  const items = new Map();
  const seen = new Set();
  for (let next = withQuery(url, query); next !== undefined && seen.size < MOST_PAGES; ) {
    seen.add(next);
    const page = await session.read(next);
    const added = addItems(items, page[member], mistakes);
    const link = mistakes.has('first-page-only') ? undefined : linkOf(page);
    if (link === undefined || (added === undefined && mistakes.has('stops-at-empty-page'))) break;
    if (typeof link !== 'string') {
      if (mistakes.has('accepts-any-body')) break;
      throw new TaskError('the link to the next page is no text');
    }
    const following = nextUrl(link, {
      url,
      base,
      session,
      last: Array.isArray(page[member]) ? page[member].at(-1)?.id : undefined,
      query,
    });
    const isLoop = seen.has(following) || added === 0;
    if (isLoop && !mistakes.has('follows-for-ever')) {
      throw new TaskError('the link to the next page leads to images that were read before');
    }
    if (isLoop) seen.add(`${following} ${seen.size}`);
    next = following;
  }
  return [...items.values()];
}

/** More pages than any list of a test has. */
const MOST_PAGES = 30;

/** Adds the items of a page. Returns how many are new; `undefined` for an empty page. */
function addItems(items, page, mistakes) {
  if (!Array.isArray(page)) {
    if (mistakes.has('accepts-any-body')) return 1;
    throw new TaskError('a page has no list of items');
  }
  const before = items.size;
  for (const item of page) {
    // A client that does not look finds images twice.
    const key = mistakes.has('follows-for-ever') ? items.size : item.id;
    items.set(key, item);
  }
  return page.length === 0 ? undefined : items.size - before;
}

function nextUrl(link, { url, base, session, last, query }) {
  const { mistakes } = session.http;
  if (mistakes.has('rebuilds-next'))
    return withQuery(url, { marker: last, ...(query.limit && { limit: query.limit }) });
  const following = new URL(link.startsWith('/') ? base + link : link, url);
  if (following.host === new URL(url).host || mistakes.has('follows-anywhere')) return following.href;
  throw new TaskError(`the link to the next page leads to ${following.host}`);
}

/** `next` beside the list, as the Image service writes it. */
export const NEXT = (page) => page.next;

/** A link with the relation `next`, as the Compute service writes it. */
export const LINKS = (page) => {
  const links = page.images_links;
  if (links === undefined) return undefined;
  return Array.isArray(links) ? links.find(({ rel }) => rel === 'next')?.href : links;
};
