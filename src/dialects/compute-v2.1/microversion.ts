import type { Call } from '../../contract/contract.ts';
import { isOlder } from './paths.ts';

/** The range that the running service was seen to offer. */
export const MIN_VERSION = '2.1';
export const MAX_VERSION = '2.93';

/** The microversion that a request asks for. */
export type Microversion =
  | { readonly kind: 'known'; readonly text: string; readonly minor: number }
  | { readonly kind: 'out-of-range'; readonly text: string }
  | { readonly kind: 'malformed'; readonly text: string };

const LEAST = { kind: 'known', text: MIN_VERSION, minor: 1 } as const satisfies Microversion;
const FORM = /^([1-9]\d*)\.([1-9]\d*|0)$/;

/** `compute`, and what follows it to the next comma. */
const ENTRY = /^compute\s+(.*)$/i;

function requested(modern: string | undefined, older: string | undefined): string {
  let version = older ?? MIN_VERSION;
  // Of several entries of this service the last counts.
  for (const part of (modern ?? '').split(',')) version = ENTRY.exec(part.trim())?.[1] ?? version;
  return version;
}

const parsed = new Map<string, Microversion>();

function parse(text: string): Microversion {
  if (text === 'latest') return parse(MAX_VERSION);
  const match = FORM.exec(text);
  if (match === null) return { kind: 'malformed', text };
  const [major, minor] = [Number(match[1]), Number(match[2])];
  const most = Number(MAX_VERSION.split('.')[1]);
  return major === 2 && minor >= 1 && minor <= most ? { kind: 'known', text, minor } : { kind: 'out-of-range', text };
}

/** Reads either header; the newer one wins. */
export function microversionOf({ headers }: Call): Microversion {
  const modern = headers['openstack-api-version'];
  const older = headers['x-openstack-nova-api-version'];
  if (modern === undefined && older === undefined) return LEAST;
  const text = requested(modern?.toString(), older?.toString());
  let version = parsed.get(text);
  if (version === undefined) {
    version = parse(text);
    // Clients send a handful of them; anybody who sends thousands shall not fill the memory.
    if (parsed.size < 256) parsed.set(text, version);
  }
  return version;
}

/** The minor number of the version that a call has; what is older than microversions counts as the first. */
export function minorOf(call: Call): number {
  const version = isOlder(call) ? LEAST : microversionOf(call);
  return version.kind === 'known' ? version.minor : 1;
}

/** Headers that name the version used; none for a version that could not be read, nor below `/v2`, which has none. */
export function versionHeaders(call: Call): Readonly<Record<string, string | readonly string[]>> {
  if (isOlder(call)) return {};
  const version = microversionOf(call);
  if (version.kind === 'malformed') return {};
  return {
    'OpenStack-API-Version': `compute ${version.text}`,
    'X-OpenStack-Nova-API-Version': version.text,
    Vary: ['OpenStack-API-Version', 'X-OpenStack-Nova-API-Version'],
  };
}
