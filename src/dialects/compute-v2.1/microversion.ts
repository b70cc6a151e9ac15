import type { Call } from '../../contract/contract.ts';

/** The range that the running service was seen to offer. */
export const MIN_VERSION = '2.1';
export const MAX_VERSION = '2.93';

/** The microversion that a request asks for. */
export type Microversion =
  | { readonly kind: 'known'; readonly text: string; readonly minor: number }
  | { readonly kind: 'out-of-range'; readonly text: string }
  | { readonly kind: 'malformed'; readonly text: string };

const SERVICE = 'compute';
const FORM = /^([1-9]\d*)\.([1-9]\d*|0)$/;

function requested(call: Call): string {
  const modern = call.headers['openstack-api-version'];
  for (const part of (typeof modern === 'string' ? modern : '').split(',')) {
    const [service, version] = part.trim().split(/\s+/);
    if (service?.toLowerCase() === SERVICE && version !== undefined) return version;
  }
  const older = call.headers['x-openstack-nova-api-version'];
  return typeof older === 'string' && older !== '' ? older : MIN_VERSION;
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
export function microversionOf(call: Call): Microversion {
  const text = requested(call);
  let version = parsed.get(text);
  if (version === undefined) {
    version = parse(text);
    // Clients send a handful of them; anybody who sends thousands shall not fill the memory.
    if (parsed.size < 256) parsed.set(text, version);
  }
  return version;
}

/** Headers that name the version used; none for a version that could not be read. */
export function versionHeaders(version: Microversion): Readonly<Record<string, string | readonly string[]>> {
  if (version.kind === 'malformed') return {};
  return {
    'OpenStack-API-Version': `compute ${version.text}`,
    'X-OpenStack-Nova-API-Version': version.text,
    Vary: ['OpenStack-API-Version', 'X-OpenStack-Nova-API-Version'],
  };
}
