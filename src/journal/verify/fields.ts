import { compileGlob } from '../../base/glob.ts';
import { valuesAt } from '../../base/json-places.ts';
import { parsePointer } from '../../base/json-pointer.ts';
import { canonical } from '../../base/json-value.ts';
import type { Entry, EntryBody, EntryMessage } from '../entry.ts';
import { MAX_URL } from '../journal.ts';
import { redactHeader } from '../redact.ts';
import type { EntryPattern, MessagePattern, SizePattern, TextPatterns } from './pattern.ts';

/** The value of a body that the journal did not store, or not completely. */
export const UNKNOWN = Symbol('unknown');

/** One condition of a pattern: a value of an entry, and what it must be. */
export interface Field {
  /** Name of the member: `status`, `header/Accept`, `response/body/id`. */
  readonly name: string;
  /** The pattern, for messages. */
  readonly expected: unknown;
  /** Returns the value; `undefined` if there is none, `UNKNOWN` if the journal does not have it. */
  read(entry: Entry): unknown;
  fits(value: unknown): boolean;
}

/** How the conditions of one member of a pattern are built. */
type Builders = {
  readonly [K in keyof Required<EntryPattern>]: (wanted: NonNullable<EntryPattern[K]>) => readonly Field[];
};

const glob = (name: string, wanted: string, read: Field['read']): Field => {
  const test = compileGlob(wanted);
  return { name, expected: wanted, read, fits: (value) => typeof value === 'string' && test(value) };
};

const equal = (name: string, wanted: unknown, read: Field['read']): Field => ({
  name,
  expected: wanted,
  read,
  fits: (value) => value === wanted,
});

const BUILDERS: Builders = {
  operation: (wanted) => [glob('operation', wanted, ({ operation }) => operation)],
  dialect: (wanted) => [glob('dialect', wanted, ({ dialect }) => dialect)],
  method: (wanted) => [glob('method', wanted.toUpperCase(), ({ method }) => method)],
  path: (wanted) => [glob('path', wanted, pathOf)],
  query: (wanted) => textFields('query', wanted, queryValues).map(ofWholeUrl),
  status: (wanted) => [statusField(wanted)],
  source: (wanted) => [glob('source', wanted, ({ source }) => source)],
  outcome: (wanted) => [outcomeField(wanted)],
  user: (wanted) => [glob('user', wanted, ({ user }) => user)],
  project: (wanted) => [glob('project', wanted, ({ project }) => project)],
  image: (wanted) => [glob('image', wanted, ({ image }) => image)],
  label: (wanted) => [glob('label', wanted, ({ label }) => label)],
  userAgent: (wanted) => [glob('userAgent', wanted, ({ userAgent }) => userAgent)],
  scenario: (wanted) => [glob('scenario', wanted, ({ fault }) => fault?.scenario)],
  rule: (wanted) => [equal('rule', wanted, ({ fault }) => fault?.rule)],
  kind: (wanted) => [glob('kind', wanted, ({ fault }) => fault?.kind)],
  phase: (wanted) => [glob('phase', wanted, ({ fault }) => fault?.phase)],
  attempt: (wanted) => [equal('attempt', wanted, ({ attempt }) => attempt)],
  connection: (wanted) => [equal('connection', wanted, ({ connection }) => connection.id)],
  violations: (wanted) => [equal('violations', wanted, ({ violations }) => violations !== undefined)],
  header: (wanted) => headerFields('header', wanted, ({ request }) => request),
  body: (wanted) => bodyFields('body', wanted, ({ request }) => request.body),
  size: (wanted) => [sizeField('size', wanted, ({ request }) => request)],
  response: (wanted) => responseFields(wanted),
};

/** Returns the conditions of a pattern. */
export function fieldsOf(pattern: EntryPattern): readonly Field[] {
  const members = Object.entries(pattern) as [keyof EntryPattern, never][];
  // A lookup by name gives the builder of exactly that member, which TypeScript cannot follow for a union.
  return members.flatMap(([name, wanted]) => (wanted === undefined ? [] : BUILDERS[name](wanted)));
}

function responseFields({ header, body, size }: MessagePattern): readonly Field[] {
  return [
    ...(header === undefined ? [] : headerFields('response/header', header, ({ response }) => response)),
    ...(body === undefined ? [] : bodyFields('response/body', body, ({ response }) => response.body)),
    ...(size === undefined ? [] : [sizeField('response/size', size, ({ response }) => response)]),
  ];
}

/** How a pending response will end is unknown. */
function outcomeField(wanted: string): Field {
  const field = glob('outcome', wanted, ({ outcome }) => outcome);
  const read = ({ outcome }: Entry): unknown => (outcome === 'pending' && !field.fits(outcome) ? UNKNOWN : outcome);
  return { ...field, read };
}

/** A status, or a class of them such as `5xx`. */
function statusField(wanted: number | string): Field {
  const read = ({ status }: Entry): number => status;
  if (typeof wanted === 'number') return equal('status', wanted, read);
  const first = Number(wanted[0]);
  return { name: 'status', expected: wanted, read, fits: (value) => Math.floor((value as number) / 100) === first };
}

/** Whether the journal has only the beginning of a URL. */
const isCutUrl = ({ url }: Entry): boolean => url.length === MAX_URL;

const pathOf = (entry: Entry): unknown =>
  isCutUrl(entry) && !entry.url.includes('?') ? UNKNOWN : entry.url.split('?', 1)[0];

/** The parameters at the end of a long URL are unknown. */
const ofWholeUrl = (field: Field): Field => ({
  ...field,
  read: (entry) => (isCutUrl(entry) ? UNKNOWN : field.read(entry)),
});

const queryValues = ({ url }: Entry, name: string): readonly string[] =>
  new URLSearchParams(url.split('?').slice(1).join('?')).getAll(name);

/** Conditions on values by name, of which one has to match; `null`: there must be none. */
const textFields = (
  place: string,
  patterns: TextPatterns,
  valuesOf: (entry: Entry, name: string) => readonly string[],
): readonly Field[] =>
  Object.entries(patterns).map(([name, wanted]): Field => {
    const test = wanted === null ? undefined : compileGlob(wanted);
    return {
      name: `${place}/${name}`,
      expected: wanted,
      read: (entry) => oneOrAll(valuesOf(entry, name)),
      fits: (value) => {
        const values = value === undefined ? [] : [value].flat();
        return test === undefined ? values.length === 0 : values.some((text) => test(text as string));
      },
    };
  });

const oneOrAll = (values: readonly unknown[]): unknown => (values.length > 1 ? values : values[0]);

/** Conditions on headers. A token can be written as it is, or as the journal shows it. */
function headerFields(
  place: string,
  patterns: TextPatterns,
  messageOf: (entry: Entry) => EntryMessage,
): readonly Field[] {
  const valuesOf = (entry: Entry, name: string): readonly string[] =>
    messageOf(entry)
      .headers.filter((header) => header.name.toLowerCase() === name.toLowerCase())
      .flatMap((header) => [...new Set([header.value, redactHeader(header).value])]);
  return textFields(place, patterns, valuesOf);
}

const bodyFields = (
  place: string,
  wanted: Readonly<Record<string, unknown>>,
  bodyOf: (entry: Entry) => EntryBody | undefined,
): readonly Field[] =>
  Object.entries(wanted).map(([pointer, value]): Field => {
    const path = parsePointer(pointer);
    const test = typeof value === 'string' ? compileGlob(value) : undefined;
    const text = canonical(value);
    const fitsOne = (found: unknown): boolean =>
      test === undefined ? canonical(found) === text : typeof found === 'string' && test(found);
    return {
      name: `${place}${pointer}`,
      expected: value,
      read: (entry) => {
        const parsed = parse(bodyOf(entry));
        return parsed === UNKNOWN ? UNKNOWN : valuesAt(parsed, path);
      },
      fits: (found) => (found as readonly unknown[]).some(fitsOne),
    };
  });

function parse(body: EntryBody | undefined): unknown {
  if (body === undefined) return undefined;
  if (body.truncated === true || (body.text === undefined && body.base64 === undefined)) return UNKNOWN;
  try {
    return JSON.parse(body.text ?? '');
  } catch {
    return undefined;
  }
}

const sizeField = (name: string, wanted: SizePattern, messageOf: (entry: Entry) => EntryMessage): Field => ({
  name,
  expected: wanted,
  read: (entry) => {
    const { body } = messageOf(entry);
    return body?.arriving === true ? UNKNOWN : (body?.size ?? 0);
  },
  fits: (size) => (size as number) > (wanted.over ?? -1) && (size as number) <= (wanted.upTo ?? Number.MAX_VALUE),
});
