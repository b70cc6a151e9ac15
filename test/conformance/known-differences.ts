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
    list: 'image-27-info-cache',
    steps: ['019', '020'],
    what: 'body/usage/image_size_total',
    reason: 'One quota stands for the two that the service has, of which it shows the one kept by Keystone alone.',
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
];
