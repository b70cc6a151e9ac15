/** Headers that services read beside the body: versions, ranges, sizes, repeated ones. */
import type { Random } from './random.ts';
import type { Draft } from './scene.ts';

const VERSIONS = ['2.1', '2.2', '2.10', '2.35', '2.36', '2.38', '2.39', '2.46', '2.47', '2.55', '2.57', '2.61', '2.64'];
const LATER_VERSIONS = ['2.75', '2.79', '2.86', '2.90', '2.93', 'latest'];
const ODD_VERSIONS = [
  '2.0',
  '2.94',
  '3.0',
  '1.1',
  '2.01',
  '02.1',
  '2.1.1',
  '2.-1',
  'x',
  '',
  ' ',
  'LATEST',
  '2.10, 2.20',
];

const RANGES = [
  'bytes=0-',
  'bytes=0-9',
  'bytes=10-20',
  'bytes=-5',
  'bytes=100-',
  'bytes=5-2',
  'bytes=0-1,3-4',
  'x',
  '',
];
const CONTENT_RANGES = ['bytes 0-9/50', 'bytes 0-9/*', 'bytes 10-20/50', 'x'];

/** Adds a microversion of Compute, in either header, once or twice. */
function withVersion(draft: Draft, random: Random): Draft {
  const version = random.weighted([
    [5, random.pick(VERSIONS)],
    [5, random.pick(LATER_VERSIONS)],
    [2, random.pick(ODD_VERSIONS)],
  ]);
  const service = random.weighted([
    [12, 'compute '],
    [1, 'Compute '],
    [1, 'compute  '],
    [1, 'volume '],
    [1, ''],
  ]);
  const newer = { 'OpenStack-API-Version': service + version };
  const older = { 'X-OpenStack-Nova-API-Version': version };
  const added = random.weighted<Draft['headers']>([
    [8, newer],
    [3, older],
    [1, { ...newer, 'X-OpenStack-Nova-API-Version': random.pick(VERSIONS) }],
    [1, { 'OpenStack-API-Version': [`compute ${random.pick(VERSIONS)}`, service + version] }],
    [1, { 'X-OpenStack-Nova-API-Version': [random.pick(VERSIONS), version] }],
  ]);
  return { ...draft, headers: { ...draft.headers, ...added } };
}

/** Adds a header of the Image API. */
function withImageHeader(draft: Draft, random: Random): Draft {
  const added = random.pick<NonNullable<Draft['headers']>>([
    { Range: random.pick(RANGES) },
    { 'Content-Range': random.pick(CONTENT_RANGES) },
    { 'X-Openstack-Append': random.pick(['True', 'false', 'x']) },
    { 'x-image-meta-store': random.pick(['store1', 'store2', 'nope', '']) },
    { 'x-openstack-image-size': random.pick(['0', '50', '-1', 'x', '99999999999']) },
    { 'If-None-Match': '*' },
    { 'Accept-Encoding': random.pick(['gzip', 'identity', '']) },
    { 'Accept-Language': random.pick(['de', 'en', 'x']) },
  ]);
  return { ...draft, headers: { ...draft.headers, ...added } };
}

/** Repeats a header that the request has, or its token. */
function withRepeated(draft: Draft, random: Random): Draft {
  const { as = 'demo' } = draft;
  const type = draft.json === undefined ? draft.headers?.['Content-Type'] : 'application/json';
  if (typeof type === 'string' && random.chance(0.4)) {
    const other = random.pick(['application/json', 'text/plain', '']);
    return {
      ...draft,
      headers: { ...draft.headers, 'Content-Type': random.chance(0.5) ? [type, other] : [other, type] },
    };
  }
  if (/^(none|bad|\{)/.test(as)) return draft;
  const token = `{token_${as}}`;
  const tokens = random.pick([
    [token, token],
    [token, 'x'],
    ['x', token],
    [token, ''],
    ['', token],
  ]);
  return { ...draft, headers: { ...draft.headers, 'X-Auth-Token': tokens } };
}

/** Headers with the identity of the caller, which a service must only take from its own middleware. */
const SPOOFED = {
  'X-Identity-Status': 'Confirmed',
  'X-Roles': 'admin',
  'X-User-Id': '{user_admin}',
  'X-Project-Id': '{project_admin}',
};

/** Adds or repeats headers. */
export function changeHeaders(draft: Draft, random: Random): Draft {
  const own = draft.api === 'compute' ? withVersion : draft.api === 'identity' ? withRepeated : withImageHeader;
  return random.weighted<() => Draft>([
    [8, () => own(draft, random)],
    [2, () => withRepeated(draft, random)],
    [1, () => ({ ...draft, headers: { ...draft.headers, ...SPOOFED } })],
  ])();
}
