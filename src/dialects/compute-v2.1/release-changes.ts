import type { ReleaseChange } from '../../contract/contract.ts';

const LISTS = ['listImages', 'listImagesDetail'];

/** What releases of Nova changed for clients. */
export const RELEASE_CHANGES: readonly ReleaseChange[] = [
  {
    since: '2025.1',
    operations: [],
    what: 'Highest microversion',
    before: '2.93; a later one is 406',
    after: '2.100; a later one is 406',
  },
  {
    since: '2026.2',
    operations: [],
    what: 'Highest microversion',
    before: '2.100; a later one is 406',
    after: '2.104; a later one is 406',
  },
  {
    since: '2026.2',
    operations: ['listVersions', 'showVersion'],
    what: 'Version 2.0 in the documents of versions',
    before: '`SUPPORTED`, updated 2011-01-21',
    after: '`DEPRECATED`, updated 2025-07-04',
  },
  {
    since: '2025.1',
    operations: LISTS,
    what: '`limit=0`',
    before: '200 with the default page',
    after: '400: 0 is less than the minimum of 1',
  },
  {
    since: '2025.1',
    operations: LISTS,
    what: '`limit`, `page_size` or `offset` that is no number, negative or empty',
    before: '400 `Invalid input received: limit must be an integer` or `... must be >= 0`',
    after:
      '400 `Invalid input for query parameters limit. Value: ...`, with what its schema says; `offset=0` and `page_size=0` too',
  },
  {
    since: '2025.1',
    operations: [],
    what: 'A query that is not UTF-8, of a GET',
    before: '400 for some lists, 500 for lists of images, ignored elsewhere',
    after: '400 `Query string is not UTF-8 encoded` for all',
  },
  {
    since: '2026.2',
    operations: [],
    what: 'Wording of a 400 for an empty text, list or object',
    before: '`is too short` or `does not have enough properties`',
    after: '`should be non-empty`',
  },
  {
    since: '2026.2',
    operations: [],
    what: 'Wording of a 500',
    before: '`Please report this at http://bugs.launchpad.net/nova/ ...`',
    after: '`Please contact the administrator`',
  },
];
