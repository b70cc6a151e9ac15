import type { SessionEntry } from '../session/session.ts';
import { matchesNumber, matchesText, numberProblem } from './values.ts';

/** A field of the search language. */
export interface Field {
  readonly name: string;
  readonly description: string;
  /** Whether an entry matches a value; absent for fields that need the bodies of the server. */
  readonly test?: (entry: SessionEntry, value: string) => boolean;
  /** The body to search. */
  readonly body?: 'request' | 'response' | 'both';
  /** Values that are always offered. */
  readonly words?: readonly string[];
  /** The value of an entry, which is offered for completion. */
  readonly offered?: (entry: SessionEntry) => string | undefined;
  /** What is wrong with values. */
  readonly problem?: (values: readonly string[]) => string | undefined;
}

const textField = (name: string, description: string, offered: (entry: SessionEntry) => string | undefined): Field => ({
  name,
  description,
  offered,
  test: (entry, value) => matchesText(offered(entry), value),
});

const numberField = (
  name: string,
  description: string,
  { of, words = [] }: { readonly of: (entry: SessionEntry) => number; readonly words?: readonly string[] },
): Field => ({
  name,
  description,
  words,
  test: (entry, value) => matchesNumber(of(entry), value),
  problem: (values) => numberProblem(name, values),
});

const wordField = (
  name: string,
  description: string,
  { of, words }: { readonly of: (entry: SessionEntry) => string | undefined; readonly words: readonly string[] },
): Field => ({
  name,
  description,
  words,
  test: (entry, value) => matchesText(of(entry), value),
  problem: (values) => {
    const other = values.find((value) => !value.includes('*') && !words.some((word) => word.startsWith(value)));
    return other === undefined ? undefined : `${name}:${other} matches nothing; use ${words.join(', ')}.`;
  },
});

type Side = 'request' | 'response';

const hasHeader = (entry: SessionEntry, side: Side, wanted: string): boolean => {
  const colon = wanted.indexOf(':');
  const name = (colon < 0 ? wanted : wanted.slice(0, colon)).trim();
  const value = colon < 0 ? undefined : wanted.slice(colon + 1).trim();
  return entry[side].headers.some(
    (field) => matchesText(field.name, name) && (value === undefined || matchesText(field.value, value)),
  );
};

const MEMBERS: Readonly<Record<string, (entry: SessionEntry) => boolean>> = {
  fault: ({ fault }) => fault !== undefined,
  violations: ({ violations }) => violations !== undefined,
  hint: ({ hint }) => hint !== undefined,
  nearest: ({ nearest }) => nearest !== undefined,
  failure: ({ failure }) => failure !== undefined,
  invalid: ({ invalid }) => invalid !== undefined,
  image: ({ image }) => image !== undefined,
  label: ({ label }) => label !== undefined,
  'retry-after': (entry) => hasHeader(entry, 'response', 'retry-after'),
  retries: ({ attempt }) => attempt > 1,
};

const SOURCES = ['natural', 'by-profile', 'injected'];
const OUTCOMES = ['complete', 'faulty', 'client gone', 'pending'];
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'];
const PHASES = ['before', 'after', 'twice', 'late'];

/** All fields. */
export const FIELDS: readonly Field[] = [
  numberField('status', 'Status: 503, 5xx, >=400, 200..299; 0 for none', {
    of: ({ status }) => status,
    words: ['2xx', '3xx', '4xx', '5xx', '0'],
  }),
  textField('op', 'Operation: image-v2.createImage, or a part of it', ({ operation }) => operation ?? 'none'),
  textField('dialect', 'API: image-v2, compute-v2.1, ...', ({ dialect }) => dialect),
  wordField('method', 'GET, POST, ...', { of: ({ method }) => method, words: METHODS }),
  textField('url', 'Text in the URL', ({ url }) => url),
  wordField('source', 'What produced the response', { of: ({ source }) => source, words: SOURCES }),
  wordField('outcome', 'What the client received', { of: ({ outcome }) => outcome, words: OUTCOMES }),
  textField('world', 'World', ({ world }) => world),
  textField('client', 'User-Agent of the client', ({ userAgent }) => userAgent),
  textField('user', 'Name of the user', ({ user }) => user),
  textField('project', 'Project id', ({ project }) => project),
  textField('image', 'Image that the request names or created', ({ image }) => image),
  textField('label', 'Label, such as the name of a test', ({ label }) => label),
  textField('scenario', 'Scenario or one-off fault that fired', ({ fault }) => fault?.scenario),
  textField('kind', 'What the rule did: answer, delay, cut, ...', ({ fault }) => fault?.kind),
  wordField('phase', 'When the effect took place', { of: ({ fault }) => fault?.phase, words: PHASES }),
  numberField('attempt', 'Number of the attempt: 2, >1', { of: ({ attempt }) => attempt, words: ['>1'] }),
  numberField('took', 'Duration in milliseconds: >100', {
    of: ({ milliseconds }) => milliseconds,
    words: ['>100', '>1000'],
  }),
  numberField('id', 'Id: 17, 10..20', { of: ({ id }) => id }),
  numberField('conn', 'Number of the connection', { of: ({ connection }) => connection.id }),
  {
    name: 'has',
    description: 'Requests with a fault, violations, a hint ...',
    words: Object.keys(MEMBERS),
    test: (entry, value) => MEMBERS[value]?.(entry) === true,
    problem: (values) => {
      const other = values.find((value) => MEMBERS[value] === undefined);
      return other === undefined ? undefined : `has:${other} matches nothing; use ${Object.keys(MEMBERS).join(', ')}.`;
    },
  },
  {
    name: 'header',
    description: 'Header of request or response: "retry-after: 2"',
    test: (entry, value) => hasHeader(entry, 'request', value) || hasHeader(entry, 'response', value),
  },
  { name: 'req.header', description: 'Request header', test: (entry, value) => hasHeader(entry, 'request', value) },
  { name: 'res.header', description: 'Response header', test: (entry, value) => hasHeader(entry, 'response', value) },
  { name: 'body', description: 'Text in the body of request or response', body: 'both' },
  { name: 'req.body', description: 'Text in the request body', body: 'request' },
  { name: 'res.body', description: 'Text in the response body', body: 'response' },
];
