import type { DialectName } from '../../../src/dialects/dialect.ts';
import type { HeldHeaders, HeldReply } from './violations.ts';

/** Headers that replies of some operations have, in lower case. */
interface RequiredHeaders {
  readonly dialects: readonly DialectName[];
  /** Statuses; all when omitted. */
  readonly statuses?: readonly number[];
  /** Operation ids; all when omitted. */
  readonly operations?: readonly string[];
  /** A condition of the reply or the request; none when omitted. */
  readonly when?: (held: HeldReply, headers: HeldHeaders) => boolean;
  readonly headers: readonly string[];
}

const isBelowVersion = ({ ref }: HeldReply): boolean => /^\/v\d[^/]*\/./.test(ref.operation.path);
const isKeystone = ({ ref }: HeldReply): boolean => /^(?!rax|iam)/.test(ref.id) && ref.operation.mount === undefined;
const isReceipt = ({ reply }: HeldReply): boolean => String(reply.body).startsWith('{"receipt":');
/** Several servers that are asked for as a reservation have no address of their own. */
const isReservation = ({ reply }: HeldReply): boolean => String(reply.body).startsWith('{"reservation_id":');
const isPatch = ({ ref }: HeldReply): boolean => ref.operation.method === 'patch';
const namesTime = ({ reply }: HeldReply): boolean => /"retry(After|At)"/.test(String(reply.body));

/** The headers that the services send, besides Content-Type. */
export const REQUIRED_HEADERS: readonly RequiredHeaders[] = [
  // Every response with a body says what it is.
  {
    dialects: ['image-v2', 'compute-v2.1', 'rackspace-images', 'rackspace-servers', 'ims', 'identity'],
    when: ({ reply }) => reply.body !== undefined && String(reply.body) !== '',
    headers: ['content-type'],
  },
  // What a client needs after an error.
  {
    dialects: ['image-v2', 'compute-v2.1', 'rackspace-images', 'rackspace-servers'],
    statuses: [401],
    // Rackspace's log-in does not name itself.
    when: ({ ref }) => ref.name !== 'rackspace-servers.authenticate',
    headers: ['www-authenticate'],
  },
  {
    dialects: ['identity'],
    statuses: [401],
    when: (held) => isKeystone(held) && !isReceipt(held),
    headers: ['www-authenticate'],
  },
  { dialects: ['identity'], statuses: [401], when: isReceipt, headers: ['openstack-auth-receipt'] },
  {
    dialects: ['image-v2', 'compute-v2.1', 'rackspace-images', 'rackspace-servers', 'ims', 'identity'],
    statuses: [405],
    headers: ['allow'],
  },
  { dialects: ['image-v2', 'rackspace-images', 'ims'], statuses: [415], when: isPatch, headers: ['accept-patch'] },
  {
    dialects: ['compute-v2.1', 'rackspace-images', 'rackspace-servers', 'identity'],
    statuses: [413, 429],
    when: namesTime,
    headers: ['retry-after'],
  },
  // Where to find what was created.
  {
    dialects: ['image-v2'],
    operations: ['createImage'],
    statuses: [201],
    headers: ['location', 'openstack-image-import-methods'],
  },
  { dialects: ['image-v2'], operations: ['createTask', 'createNamespace'], statuses: [201], headers: ['location'] },
  {
    dialects: ['compute-v2.1'],
    operations: ['createServer'],
    statuses: [202],
    when: (held) => !isReservation(held),
    headers: ['location'],
  },
  {
    dialects: ['compute-v2.1'],
    operations: ['createServerImage'],
    statuses: [202],
    when: ({ reply }) => reply.body === undefined,
    headers: ['location'],
  },
  { dialects: ['rackspace-servers'], operations: ['createServerImage'], statuses: [202], headers: ['location'] },
  { dialects: ['ims'], operations: ['createImageMetadata'], statuses: [201], headers: ['location'] },
  // Tokens are in a header.
  {
    dialects: ['identity'],
    operations: [
      'authPasswordUnscoped',
      'authPasswordScoped',
      'authToken',
      'authApplicationCredential',
      'authMultiFactor',
      'authOauth1',
      'iamAuthPassword',
    ],
    statuses: [201],
    headers: ['x-subject-token'],
  },
  {
    dialects: ['identity'],
    operations: ['showToken', 'checkToken', 'iamShowToken'],
    statuses: [200],
    headers: ['x-subject-token'],
  },
  {
    dialects: ['identity'],
    operations: ['getFederatedAuth', 'postFederatedAuth'],
    statuses: [201],
    headers: ['x-subject-token'],
  },
  { dialects: ['identity'], operations: ['listVersions', 'iamListVersions'], statuses: [300], headers: ['location'] },
  // Ids of requests.
  {
    dialects: ['image-v2'],
    when: (held) =>
      held.reply.status !== 401 &&
      isBelowVersion(held) &&
      (held.call.headers['x-openstack-request-id'] ?? '').length <= 64,
    headers: ['x-openstack-request-id'],
  },
  {
    dialects: ['compute-v2.1'],
    when: (held) => isBelowVersion(held) && held.reply.headers !== undefined,
    headers: ['x-openstack-request-id', 'x-compute-request-id'],
  },
  { dialects: ['identity'], when: ({ reply }) => reply.status !== 413, headers: ['x-openstack-request-id'] },
  // The front end of Rackspace.
  { dialects: ['rackspace-images', 'rackspace-servers'], headers: ['server', 'via'] },
  // Microversions.
  {
    dialects: ['compute-v2.1'],
    when: (held) => isBelowVersion(held) && held.call.path.startsWith('/v2.1/') && held.reply.status < 300,
    headers: ['openstack-api-version', 'x-openstack-nova-api-version', 'vary'],
  },
  { dialects: ['identity'], statuses: [200, 201, 401, 403, 404], when: isKeystone, headers: ['vary'] },
];

const byOperation = new Map<string, readonly RequiredHeaders[]>();

function entriesOf({ ref, reply: { status } }: HeldReply): readonly RequiredHeaders[] {
  const key = `${ref.name} ${status}`;
  let entries = byOperation.get(key);
  if (entries === undefined) {
    entries = REQUIRED_HEADERS.filter(
      ({ dialects, statuses, operations }) =>
        dialects.includes(ref.dialect.name) &&
        (statuses?.includes(status) ?? true) &&
        (operations?.includes(ref.id) ?? true),
    );
    byOperation.set(key, entries);
  }
  return entries;
}

/** Returns the headers that a reply needs, in lower case. */
export const requiredHeadersOf = (held: HeldReply, headers: HeldHeaders): readonly string[] =>
  entriesOf(held)
    .filter(({ when }) => when === undefined || when(held, headers))
    .flatMap((entry) => entry.headers);
