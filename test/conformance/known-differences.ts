import type { Difference } from '../../scripts/conformance/compare.ts';
import { FIRST_RELEASE, type Release } from '../../src/base/release.ts';
import { KNOWN_KEYSTONE_RELEASES } from './known-keystone-releases.ts';

/** An intended difference from the recorded service. */
export interface KnownDifference {
  /** Name of the request list. */
  readonly list: string;
  /** Releases of the recorded services; all when omitted. */
  readonly releases?: readonly Release[];
  /** Ids of the steps. */
  readonly steps: readonly string[];
  /** What differs: `status`, `header vary`, `body/...` with everything below; everything when omitted. */
  readonly what?: string;
  /** Why, as docs/differences-from-real-services.md and the reports show it. */
  readonly reason: string;
  /** The day from which Sideglance differs: when the difference was found, or made. */
  readonly since: string;
}

/** Finds the entry that explains a difference. */
export const findKnown = (
  known: readonly KnownDifference[],
  list: string,
  { step, what, release = FIRST_RELEASE }: Difference & { readonly release?: Release },
): KnownDifference | undefined =>
  known.find(
    (each) =>
      each.list === list &&
      each.releases?.includes(release) !== false &&
      each.steps.includes(step) &&
      (each.what === undefined || what === each.what || what.startsWith(`${each.what}/`)),
  );

/** All intended differences. The NOTES.md of each dialect gives details. */
export const KNOWN: readonly KnownDifference[] = [
  ...KNOWN_KEYSTONE_RELEASES,
  {
    list: 'identity-40-log-in-values',
    steps: ['116'],
    reason: 'A chunked request body is read; the web server of the recorded service ignores it.',
    since: '2026-11-21',
  },
  {
    list: 'identity-41-log-in-names',
    steps: ['108', '116'],
    reason: 'Invalid parts of a federated login return an error message; the recorded service fails with an exception.',
    since: '2026-11-21',
  },
  {
    list: 'identity-43-credential-values',
    steps: ['126'],
    what: 'body/user/email',
    reason: 'The user demo of the default fixtures has an email address; the one of the recorded service has none.',
    since: '2026-11-21',
  },
  {
    list: 'identity-45-bodies-filters-routes',
    steps: ['251'],
    reason: 'Whitespace around a header value is removed; the web server of the recorded service keeps it.',
    since: '2026-11-21',
  },
  {
    list: 'identity-45-bodies-filters-routes',
    steps: ['301', '302', '303'],
    reason: 'Version 2.0 is supported for older clients; the recorded service no longer has it.',
    since: '2026-11-21',
  },
  {
    list: 'identity-46-order-expiry',
    steps: ['087'],
    reason: 'The recorded service accepts a database row number as id, which can then belong to another credential.',
    since: '2026-11-21',
  },
  {
    list: 'image-01-versions',
    steps: ['versions-host-header'],
    what: 'body/versions/0/links/0/href',
    reason: 'Links follow the Host header; the recorded service has a configured address.',
    since: '2026-11-21',
  },
  {
    list: 'image-01-versions',
    steps: ['405-made-up-method'],
    reason: 'The HTTP parser of Node.js rejects unknown methods.',
    since: '2026-11-21',
  },
  {
    list: 'image-release-01-versions',
    steps: ['versions-host-header'],
    what: 'body/versions/0/links/0/href',
    reason: 'Links follow the Host header; the recorded service has a configured address.',
    since: '2026-12-01',
  },
  {
    list: 'image-release-01-versions',
    steps: ['405-made-up-method'],
    reason: 'The HTTP parser of Node.js rejects unknown methods.',
    since: '2026-12-01',
  },
  {
    list: 'image-release-18-image-size',
    steps: ['stage-too-big-again'],
    releases: ['zed', '2025.1'],
    what: 'body',
    reason: 'The import is over; in the recorded service it was still under way.',
    since: '2026-12-01',
  },
  {
    list: 'image-release-18-image-size',
    steps: ['chunked-wrong'],
    releases: ['2026.2'],
    reason: 'The recorded service broke off without a response.',
    since: '2026-12-01',
  },
  {
    list: 'image-release-07-data',
    steps: ['upload-no-type'],
    releases: ['2026.2'],
    what: 'body',
    reason: 'Under uwsgi, the recorded service names a missing Content-Type by an internal variable.',
    since: '2026-12-01',
  },
  {
    list: 'image-release-03-create',
    steps: ['chunked-json'],
    releases: ['2026.2'],
    reason: 'A chunked request body is read; uwsgi, which runs the recorded service, does not decode it.',
    since: '2026-12-01',
  },
  {
    list: 'image-release-03-create',
    steps: ['host-header-in-location'],
    what: 'header location',
    reason: 'The API has a mount, which is part of its address.',
    since: '2026-12-01',
  },
  {
    list: 'image-03-create',
    steps: ['host-header-in-location'],
    what: 'header location',
    reason: 'The API has a mount, which is part of its address.',
    since: '2026-11-21',
  },
  {
    list: 'image-22-create',
    steps: ['087'],
    what: 'body/kernel_id',
    reason: 'A kernel_id of null is accepted but not stored, because properties are text.',
    since: '2026-11-21',
  },
  {
    list: 'image-32-meanwhile',
    steps: ['stage/begin-doomed'],
    reason:
      'Staging data returns 410 when the image was deleted meanwhile, as documented; the recorded service returns 404.',
    since: '2026-11-21',
  },
  {
    list: 'image-32-meanwhile',
    steps: ['protected/begin'],
    reason:
      'An upload to an image that was protected when the upload started returns 410, as documented; the recorded service returns 403.',
    since: '2026-11-21',
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
    reason: 'A range of data with unknown size returns no content; the recorded service fails with 500.',
    since: '2026-11-21',
  },
  {
    list: 'image-43-by-chance',
    steps: ['data i5 admin', 'data i5 demo', 'data i5 reader', 'data i6 demo2'],
    reason: 'A range of data with unknown size returns no content; the recorded service fails with 500.',
    since: '2026-11-21',
  },
  {
    list: 'image-44-by-chance',
    steps: ['data i1 reader'],
    reason: 'A range of data with unknown size returns no content; the recorded service fails with 500.',
    since: '2026-11-21',
  },
  {
    list: 'compute-43-quotas-zones-usage',
    steps: ['092', '094', '097', '098', '099', '100', '102', '104', '112', '113', '114'],
    what: 'body/availabilityZoneInfo',
    reason:
      'Sideglance has the zone nova, which its servers run in; the recorded service has no compute hosts and hence no zone.',
    since: '2026-11-30',
  },
  {
    list: 'compute-52-aggregates',
    steps: ['176', '177'],
    what: 'body/availabilityZoneInfo',
    reason:
      'Sideglance has the zone nova, which its servers run in; the recorded service has no compute hosts and hence no zone.',
    since: '2026-11-30',
  },
  {
    list: 'compute-44-keypairs',
    steps: ['006', '007', '016', '023', '030', '037', '044', '051', '058'],
    what: 'body/keypair/fingerprint',
    reason: 'Each service generates a key of its own; Sideglance derives it from the seed of the world.',
    since: '2026-11-30',
  },
  {
    list: 'compute-44-keypairs',
    steps: ['199'],
    what: 'body/keypair',
    reason: 'Each service generates a certificate of its own; Sideglance derives it from the seed of the world.',
    since: '2026-11-30',
  },
  {
    list: 'compute-48-flavors-changed',
    steps: ['170', '171', '204'],
    what: 'body/badRequest/message',
    reason:
      'The message quotes a pattern that lists all printable characters; Sideglance names them by their category.',
    since: '2026-11-30',
  },
  {
    list: 'compute-45-server-create',
    steps: ['023', '024'],
    reason: 'The recorded service has no compute cell and hence counts no servers.',
    since: '2026-11-30',
  },
  {
    list: 'compute-45-server-create',
    steps: ['027', '040'],
    reason: 'The recorded service has no network service, which it asks after the server is gone.',
    since: '2026-11-30',
  },
  {
    list: 'compute-45-server-create',
    steps: ['130'],
    reason: 'Sideglance has the zone nova.',
    since: '2026-11-30',
  },
  {
    list: 'compute-46-server-actions',
    steps: ['185', '189', '190', '191', '192', '193', '194', '195', '196', '197', '198', '199', '245'],
    what: 'body/server',
    reason:
      'The name of the virtual machine has the number of the server in a database, which Sideglance does not have.',
    since: '2026-11-30',
  },
  {
    list: 'compute-46-server-actions',
    steps: ['200', '201'],
    what: 'body/servers',
    reason:
      'The name of the virtual machine has the number of the server in a database, which Sideglance does not have.',
    since: '2026-11-30',
  },
  {
    list: 'compute-46-server-actions',
    steps: ['232'],
    what: 'body/badRequest/message',
    reason: 'The message quotes a pattern of every printable character; Sideglance has a shorter one.',
    since: '2026-11-30',
  },
];
