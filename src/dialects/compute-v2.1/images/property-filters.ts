/** `property-…` filters whose names mean something else to Glance than a property. */
import { ServerError } from '../protocol/server-error.ts';

/** Attributes of images that no value matches in the form in which Nova passes them on. */
const NEVER_MATCHING: ReadonlySet<string> = new Set(['owner', 'tag', 'protected']);
/** Names that have no effect. */
const IGNORED: ReadonlySet<string> = new Set(['deleted', 'limit']);
/** Names on which Glance fails. */
const FAILING: ReadonlySet<string> = new Set(['locations', 'members']);

/** An owner that has no images. */
const NOBODY = '';

/** How a filter was handled: as a special one, as an ordinary property, or with an error of Glance. */
export type PropertyTranslation = 'translated' | 'not-special' | { readonly message: string };

/**
 * Adds a `property-…` filter to the query if Glance treats its name specially.
 * @param name - the name after `property-`.
 * @throws ServerError if Glance fails on it.
 */
export function translateProperty(query: URLSearchParams, name: string, value: string): PropertyTranslation {
  if (FAILING.has(name)) throw new ServerError('glanceclient.exc.HTTPInternalServerError');
  if (IGNORED.has(name) || (name === 'visibility' && value === 'all')) return 'translated';
  if (NEVER_MATCHING.has(name) || (name === 'visibility' && value === '')) {
    query.set('owner', NOBODY);
    return 'translated';
  }
  switch (name) {
    case 'changes-since':
      return { message: 'The "changes-since" filter is no longer available on v2.' };
    case 'sort':
      addSort(query, value);
      return 'translated';
    default:
      return 'not-special';
  }
}

/** Adds a sort such as `name:asc,id`: keys, each with its direction. */
function addSort(query: URLSearchParams, value: string): void {
  for (const part of value.split(',')) {
    const [key = '', direction = 'desc'] = part.split(':');
    query.append('sort_key', key);
    query.append('sort_dir', direction);
  }
}

/** Whether a query uses both syntaxes for sorting. */
export const isSortedTwice = (parameters: URLSearchParams): boolean =>
  parameters.has('property-sort') && (parameters.has('property-sort_key') || parameters.has('property-sort_dir'));
