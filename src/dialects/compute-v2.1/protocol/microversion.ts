import type { Call } from '../../../contract/contract.ts';
import { isLegacy } from './paths.ts';
import { type NovaRelease, type ReleasedCall, releaseOf } from './releases.ts';

/** The first microversion. */
export const MIN_VERSION = '2.1';
/** The last microversion in the release of a request. */
export const maxVersionOf = (call: ReleasedCall): string => `2.${releaseOf(call).maxMinor}`;

/** The microversion that a request names. */
export type Microversion =
  | { readonly kind: 'known'; readonly text: string; readonly minor: number }
  | { readonly kind: 'out-of-range'; readonly text: string }
  | { readonly kind: 'malformed'; readonly text: string };

const FIRST = { kind: 'known', text: MIN_VERSION, minor: 1 } as const satisfies Microversion;
const FORMAT = /^([1-9]\d*)\.([1-9]\d*|0)$/;

/** An entry of OpenStack-API-Version for this service. */
const ENTRY = /^compute\s+(.*)$/i;

function requested(header: string | undefined, olderHeader: string | undefined): string {
  // The last of several versions counts.
  let version = olderHeader?.split(',').at(-1)?.trim() ?? MIN_VERSION;
  // The last entry for this service wins.
  for (const part of (header ?? '').split(',')) version = ENTRY.exec(part.trim())?.[1] ?? version;
  return version;
}

function parse(text: string, maxMinor: number): Microversion {
  if (text === 'latest') return parse(`2.${maxMinor}`, maxMinor);
  const match = FORMAT.exec(text);
  if (match === null) return { kind: 'malformed', text };
  const [major, minor] = [Number(match[1]), Number(match[2])];
  return major === 2 && minor >= 1 && minor <= maxMinor
    ? { kind: 'known', text, minor }
    : { kind: 'out-of-range', text };
}

const parsed = new Map<NovaRelease, Map<string, Microversion>>();
/** Limits the memory that clients can fill with different versions, in each release. */
const MAX_PARSED = 256;

/** The microversion of a request, from OpenStack-API-Version or else the older header. */
export function microversionOf(call: Call): Microversion {
  const { headers } = call;
  const header = headers['openstack-api-version'];
  const olderHeader = headers['x-openstack-nova-api-version'];
  if (header === undefined && olderHeader === undefined) return FIRST;
  const text = requested(header?.toString(), olderHeader?.toString());
  return parsedIn(releaseOf(call), text);
}

function parsedIn(release: NovaRelease, text: string): Microversion {
  const versions = parsed.get(release) ?? new Map<string, Microversion>();
  if (versions.size === 0) parsed.set(release, versions);
  let version = versions.get(text);
  if (version === undefined) {
    version = parse(text, release.maxMinor);
    if (versions.size < MAX_PARSED) versions.set(text, version);
  }
  return version;
}

/** The minor number of a request's microversion; 1 below `/v2`, which has no microversions. */
export function minorOf(call: Call): number {
  const version = isLegacy(call) ? FIRST : microversionOf(call);
  return version.kind === 'known' ? version.minor : 1;
}

/** Headers that name the microversion; none below `/v2`, nor for a malformed version. */
export function versionHeaders(call: Call): Readonly<Record<string, string | readonly string[]>> {
  if (isLegacy(call)) return {};
  const version = microversionOf(call);
  if (version.kind === 'malformed') return {};
  return {
    'OpenStack-API-Version': `compute ${version.text}`,
    'X-OpenStack-Nova-API-Version': version.text,
    Vary: ['OpenStack-API-Version', 'X-OpenStack-Nova-API-Version'],
  };
}
