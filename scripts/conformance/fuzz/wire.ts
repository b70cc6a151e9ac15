/** Changes requests as clients with faults do: methods, encodings, media types, bodies, tokens. */
import { changeHeaders } from './headers.ts';
import { withRawNumbers } from './mutate.ts';
import type { Random } from './random.ts';
import type { Draft } from './scene.ts';
import { MALFORMED, MEDIA_TYPES, QUERY_VALUES, SEGMENTS } from './values.ts';

type Change = (draft: Draft, random: Random) => Draft;

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Whether a path names something that no sequence made, which a changed method could destroy. */
const isShared = (path: string): boolean =>
  /\{(user|project)_\w+\}|\/default\b/.test(path) || !/\{[a-z]+\d+\}/.test(path);

const method: Change = (draft, random) => {
  const chosen = random.pick(METHODS);
  // A wrong method can be the right one of another operation.
  if (chosen === 'POST' || (isShared(draft.path) && /^(PUT|PATCH|DELETE)$/.test(chosen) && draft.api === 'identity')) {
    return draft;
  }
  return { ...draft, method: chosen };
};

const withoutBody = ({ json: _json, text: _text, ...rest }: Draft): Draft => rest;

const malformed: Change = (draft, random) => ({
  ...withoutBody(draft),
  text: random.pick(MALFORMED),
  headers: { 'Content-Type': 'application/json', ...draft.headers },
});

const truncated: Change = (draft, random) => {
  if (draft.json === undefined) return malformed(draft, random);
  const text = withRawNumbers(draft.json);
  const end = random.int(text.length);
  return {
    ...withoutBody(draft),
    text: text.slice(0, end),
    headers: { 'Content-Type': 'application/json', ...draft.headers },
  };
};

const mediaType: Change = (draft, random) => ({
  ...draft,
  headers: { ...draft.headers, 'Content-Type': random.pick(MEDIA_TYPES) },
});

const accept: Change = (draft, random) => ({
  ...draft,
  headers: {
    ...draft.headers,
    Accept: random.pick(['*/*', 'application/json', 'text/html', 'application/xml', 'text/plain;q=0.5, */*']),
  },
});

const token: Change = (draft, random) => ({ ...draft, as: random.pick(['none', 'bad']) });

const query: Change = (draft, random) => {
  const [path = '', search = ''] = draft.path.split('?', 2);
  const parts = search === '' ? [] : search.split('&');
  const [name = 'x', value = ''] = (parts.length > 0 ? random.pick(parts) : 'x=1').split('=', 2);
  const other = random.pick(QUERY_VALUES);
  const changed = random.weighted<() => readonly string[]>([
    [3, () => [...parts, `${name}=${other}`]],
    [3, () => parts.map((part) => (part.startsWith(`${name}=`) ? `${name}=${other}` : part))],
    [1, () => [...parts, `${name}=${value}`]],
    [1, () => [`${name}=${value};x=${other}`]],
    [1, () => [...parts, name]],
    [1, () => [...parts, `${name.toUpperCase()}=${value}`]],
    [1, () => [...parts, `%${name.charCodeAt(0).toString(16)}${name.slice(1)}=${value}`]],
    [1, () => [...parts, '', '&']],
  ])();
  return { ...draft, path: `${path}?${changed.join('&')}` };
};

const path: Change = (draft, random) => {
  const [target = '', search] = draft.path.split('?', 2);
  const parts = target.split('/');
  const at = 2 + random.int(Math.max(1, parts.length - 2));
  const changed = random.weighted<() => string>([
    [1, () => `${target}/`],
    [1, () => target.replace('/', '//')],
    [1, () => `${target}/x`],
    [1, () => `${target}%0A`],
    [1, () => `${target}%20`],
    [2, () => parts.map((part, index) => (index === at && !part.startsWith('{') ? encodeFirst(part) : part)).join('/')],
    [1, () => parts.map((part, index) => (index === at ? part.toUpperCase() : part)).join('/')],
    [3, () => parts.map((part, index) => (index === at ? random.pick(SEGMENTS) : part)).join('/')],
  ])();
  return { ...draft, path: search === undefined ? changed : `${changed}?${search}` };
};

const encodeFirst = (text: string): string =>
  text === '' ? text : `%${text.charCodeAt(0).toString(16).padStart(2, '0')}${text.slice(1)}`;

const chunked: Change = (draft) => ({
  ...draft,
  ...(draft.json === undefined && draft.text === undefined && { text: '' }),
  chunked: true,
});

const bodyless: Change = (draft) => withoutBody(draft);

const strayBody: Change = (draft, random) =>
  draft.json !== undefined || draft.text !== undefined ? draft : malformed(draft, random);

const CHANGES: readonly (readonly [number, Change])[] = [
  [3, method],
  [4, malformed],
  [1, truncated],
  [3, mediaType],
  [1, accept],
  [2, token],
  [5, query],
  [4, path],
  [1, bodyless],
  [2, strayBody],
  [5, changeHeaders],
];

/** Applies one random change, or two. */
export function disturb(draft: Draft, random: Random): Draft {
  // Keystone and Nova stand behind a server that does not read chunked bodies.
  const changes = (draft.api ?? 'image') === 'image' ? [...CHANGES, [2, chunked] as const] : CHANGES;
  const once = random.weighted(changes)(draft, random);
  return random.chance(0.15) ? random.weighted(changes)(once, random) : once;
}
