import type { Step } from '../../scripts/conformance/case.ts';
import type { Difference } from '../../scripts/conformance/compare.ts';

/** An intended difference of all requests of a kind, for sequences that are made by chance. */
export interface KnownKind {
  /** Whether a difference is of this kind. */
  readonly applies: (request: Step, difference: Difference) => boolean;
  /** Why it is intended, as reports show it. */
  readonly reason: string;
}

/** Finds the entry that explains a difference. */
export const findKnownKind = (request: Step, difference: Difference): KnownKind | undefined =>
  KNOWN_KINDS.find(({ applies }) => applies(request, difference));

/** Half a character, as JSON texts escape it. */
const HALF = /\\ud[89a-f]/i;

/** All kinds of intended differences. The NOTES.md of each dialect gives details. */
export const KNOWN_KINDS: readonly KnownKind[] = [
  {
    applies: ({ api, path }) =>
      api === undefined &&
      /^\/v2\/(images\/[^/]+\/locations|cache\/(clean|prune))\b/.test(
        decodeURI(path.replaceAll(/%(?![46]\w)/g, '%25')),
      ),
    reason: 'The operation is newer than the recorded service.',
  },
  {
    applies: (_request, { what }) => what === 'body/keypair/fingerprint',
    reason: 'Each service generates a key of its own; Sideglance derives it from the seed of the world.',
  },
  {
    applies: (_request, { what, reference, subject }) => what === 'status' && reference === 0 && subject === 500,
    reason: 'The recorded service broke off without a response; Sideglance returns the 500 of the service.',
  },
  {
    applies: ({ method, path, json, text }, { what, reference }) =>
      path.startsWith('/v2/metadefs/') &&
      (method === 'GET'
        ? what === 'status' && reference === 500
        : what === 'header content-type' &&
          reference === 'text/plain' &&
          HALF.test(text ?? JSON.stringify(json) ?? '')),
    reason:
      'Half a character in the schema of a property is not stored; the recorded service fails on each read of it.',
  },
  {
    applies: ({ method, path, headers = {} }, { what, reference, subject }) =>
      method === 'GET' &&
      /\/file\b/.test(path) &&
      Object.keys(headers).some((name) => /range$/i.test(name)) &&
      what === 'status' &&
      reference === 500 &&
      subject === 204,
    reason: 'A range of data with unknown size returns no content; the recorded service fails with 500.',
  },
];
