import type { Difference } from '../../scripts/conformance/compare.ts';

/** A difference from the running service that is there on purpose. */
export interface KnownDifference {
  /** Name of the request list. */
  readonly list: string;
  /** Ids of the steps. */
  readonly steps: readonly string[];
  /** What differs: `status`, `header vary`, `body/...` and all below; everything when left out. */
  readonly what?: string;
  readonly reason: string;
}

/** The one that explains a difference, if there is one. */
export const findKnown = (
  known: readonly KnownDifference[],
  list: string,
  { step, what }: Difference,
): KnownDifference | undefined =>
  known.find(
    (each) =>
      each.list === list &&
      each.steps.includes(step) &&
      (each.what === undefined || what === each.what || what.startsWith(`${each.what}/`)),
  );

/** All of them; the NOTES.md of the dialect tells more. */
export const KNOWN: readonly KnownDifference[] = [
  {
    list: 'identity-40-log-in-values',
    steps: ['081', '090'],
    reason: 'A log-in by OAuth that nothing signs is refused; there the service fails over it.',
  },
  {
    list: 'identity-40-log-in-values',
    steps: ['114'],
    what: 'body/error/message',
    reason: 'NaN is malformed JSON; there it is a number, which breaks the schema.',
  },
  {
    list: 'identity-40-log-in-values',
    steps: ['116'],
    reason: 'A body that comes in chunks is read; the web server of the recorded service takes it for none.',
  },
  {
    list: 'identity-41-log-in-names',
    steps: ['108', '116'],
    reason:
      'Parts of a federated log-in that are of no use are refused in words; there an interpreter trips over them.',
  },
  {
    list: 'identity-43-credential-values',
    steps: ['126', '127'],
    reason: 'Users are for the fixtures to say: the calls that manage them are no part of logging in.',
  },
  {
    list: 'identity-44-credential-tokens',
    steps: ['155'],
    what: 'body/error/message',
    reason: 'A name that is no text is refused in words; there an interpreter trips over it.',
  },
  {
    list: 'identity-45-bodies-filters-routes',
    steps: ['046', '047', '051', '052', '056'],
    reason: 'Where no call is, nobody reads a body; there bodies are read before paths.',
  },
  {
    list: 'identity-45-bodies-filters-routes',
    steps: ['200', '201', '202', '203', '204', '205', '206', '207'],
    reason: 'Projects are for the fixtures to say: there are no calls that make, change and remove them.',
  },
  {
    list: 'identity-45-bodies-filters-routes',
    steps: ['251'],
    reason: 'Blanks around the value of a header are no part of it; the web server of the recorded service keeps them.',
  },
  {
    list: 'identity-45-bodies-filters-routes',
    steps: ['301', '302', '303'],
    reason: 'Version 2.0 is here, for its clients; the recorded service has given it up.',
  },
  {
    list: 'identity-45-bodies-filters-routes',
    steps: ['306', '308', '309', '310', '311', '312', '313', '314'],
    reason: 'What an operator keeps beside projects and tokens is no part of logging in.',
  },
  {
    list: 'identity-45-bodies-filters-routes',
    steps: ['325', '326'],
    reason: 'The directory of all addresses that json-home is belongs to a service that has them all.',
  },
  {
    list: 'identity-46-order-expiry',
    steps: ['087'],
    reason: 'There the number of a row of the database can be given, and taken by another credential.',
  },
  {
    list: 'image-01-versions',
    steps: ['versions-host-header'],
    what: 'body/versions/0/links/0/href',
    reason: 'Links follow the Host header, where the recorded service was told its address.',
  },
  {
    list: 'image-01-versions',
    steps: ['405-made-up-method'],
    reason: 'The HTTP parser of the platform refuses methods that it does not know.',
  },
  {
    list: 'image-03-create',
    steps: ['host-header-in-location'],
    what: 'header location',
    reason: 'The service stands below a mount, which is part of its address.',
  },
  {
    list: 'image-22-create',
    steps: ['087'],
    what: 'body/kernel_id',
    reason: 'A kernel_id of null is taken and not kept: properties are texts.',
  },
  {
    list: 'image-32-meanwhile',
    steps: ['stage/begin-doomed'],
    reason: 'Staging ends with 410 when its image was deleted meanwhile, as the reference lists; there with 404.',
  },
  {
    list: 'image-32-meanwhile',
    steps: ['protected/begin'],
    reason: 'So does an upload, also of an image that was protected when it began; there that is 403.',
  },
  {
    list: 'image-33-accept',
    steps: ['GET /v2/images/%FF as */*', 'GET /v2/images/%FF as application/json', 'GET /v2/images/%FF as text'],
    reason: 'A path that is no UTF-8 names nothing, which is 404; there the server breaks off with an empty 500.',
  },
  {
    list: 'image-34-bodies',
    steps: ['create nan', 'create infinity', 'patch nan', 'member nan', 'import nan', 'task nan', 'member-status nan'],
    what: 'body/message',
    reason: 'NaN and Infinity are malformed JSON; there they are numbers, which break the schema.',
  },
  {
    list: 'image-41-headers',
    steps: ['who 11'],
    reason: 'A token in quotes is none; the recorded service passes over characters that tokens cannot have.',
  },
  {
    list: 'image-42-answers',
    steps: [
      'content range r',
      'range r bytes=-1',
      'range r bytes=0-',
      'range r bytes=0-0',
      'range r bytes=1-2',
      'range r bytes=99-',
    ],
    reason: 'A part of data of which not even the size is known is no content; there the service fails over it.',
  },
  {
    list: 'image-43-by-chance',
    steps: ['data i5 admin', 'data i5 demo', 'data i5 reader', 'data i6 demo2'],
    reason: 'A part of data of which not even the size is known is no content; there the service fails over it.',
  },
  {
    list: 'image-44-by-chance',
    steps: ['data i1 reader'],
    reason: 'A part of data of which not even the size is known is no content; there the service fails over it.',
  },
];
