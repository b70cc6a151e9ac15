import { ServerError } from './server-error.ts';

/** Names that the image service reads as filters of its own, with values that never fit as they are handed on. */
const UNFITTING: ReadonlySet<string> = new Set(['owner', 'tag', 'protected']);
const OVERLOOKED: ReadonlySet<string> = new Set(['deleted', 'limit']);
/** Names on which the image service fails. */
const FAILING: ReadonlySet<string> = new Set(['locations', 'members']);

/** Stands for whom no image belongs to. */
const NOBODY = '';

/**
 * Takes a `property-…` parameter, of a name that means something else to the image service, into what that is asked.
 * @returns whether it was one; what is wrong with it in a line, as the image service says it.
 * @throws ServerError where the image service fails.
 */
export function takeProperty(asked: URLSearchParams, name: string, value: string): boolean | string {
  if (FAILING.has(name)) throw new ServerError('glanceclient.exc.HTTPInternalServerError');
  if (OVERLOOKED.has(name) || (name === 'visibility' && value === 'all')) return true;
  if (UNFITTING.has(name) || (name === 'visibility' && value === '')) {
    asked.set('owner', NOBODY);
    return true;
  }
  switch (name) {
    case 'changes-since':
      return 'The "changes-since" filter is no longer available on v2.';
    case 'sort':
      return takeSort(asked, value);
    default:
      return false;
  }
}

/** `name:asc,id`: keys, each with its direction. */
function takeSort(asked: URLSearchParams, value: string): true {
  for (const part of value.split(',')) {
    const [key = '', direction = 'desc'] = part.split(':');
    asked.append('sort_key', key);
    asked.append('sort_dir', direction);
  }
  return true;
}

/** Whether a list is asked to be sorted in both ways that there are. */
export const isSortedTwice = (parameters: URLSearchParams): boolean =>
  parameters.has('property-sort') && (parameters.has('property-sort_key') || parameters.has('property-sort_dir'));
