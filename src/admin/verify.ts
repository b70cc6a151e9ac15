import { compileGlob } from '../base/glob.ts';
import type { Work } from '../base/slices.ts';
import { SOURCES, type Source } from '../base/source.ts';
import { didYouMean, suggestionHint } from '../contract/nearest.ts';
import type { JsonSchema } from '../contract/schema.ts';
import { KINDS_IN_JOURNAL } from '../faults/fault-kinds.ts';
import type { KnownOperations } from '../faults/scenario-file/operations.ts';
import { DURATION_PATTERN, parseDuration } from '../input/duration.ts';
import { InputError, type InputIssue } from '../input/input-error.ts';
import type { OperationPattern } from '../input/types/operations.ts';
import { OUTCOMES, type Outcome } from '../journal/recorded.ts';
import type { EntryPattern, Expectation, GapPattern } from '../journal/verify/pattern.ts';
import { type Verdict, verify } from '../journal/verify/verify.ts';
import type { World } from '../world/world.ts';
import { boolean, integer, listOf, requestBody, responseBody, text, textOrNull } from './schema-helpers.ts';

/** Time between one matching request and the next: seconds, or text such as `1s`, `250ms`. */
export interface Gap {
  readonly atLeast?: number | string;
  readonly atMost?: number | string;
  /** The clock that measures it; that of the machine when omitted. */
  readonly clock?: 'machine' | 'world';
}

/** All statuses with the same first digit. */
export type StatusClass = `${1 | 2 | 3 | 4 | 5}xx`;

/** Describes requests. A request must match every member. Texts can be globs with `*` and `?`. */
export interface RequestPattern extends Omit<EntryPattern, 'operation' | 'status' | 'source' | 'outcome' | 'phase'> {
  /** `image-v2.showImage`, `image-v2.*`. */
  readonly operation?: OperationPattern;
  /** A status, or a class such as `5xx`; 0 for requests that got no response. */
  readonly status?: number | StatusClass;
  readonly source?: Source;
  readonly outcome?: Outcome;
  readonly phase?: 'before' | 'after' | 'twice' | 'late';
}

/** What is expected of the requests in the journal. Give `requests`, or `inOrder`. */
export interface Verification {
  /** Which requests count; all when it is empty. */
  readonly requests?: RequestPattern;
  /** The expected number of matching requests. At least 1 when no number is given, and at least 2 with `gap`. */
  readonly exactly?: number;
  readonly atLeast?: number;
  readonly atMost?: number;
  /** No request matches: the same as `exactly: 0`. */
  readonly never?: true;
  readonly gap?: Gap;
  /** For each pattern, a request that matches it, after the one that matches the pattern before. */
  readonly inOrder?: readonly RequestPattern[];
}

const COUNT: JsonSchema = { type: 'integer', minimum: 0 };
const TEXTS: JsonSchema = { type: 'object', additionalProperties: { type: ['string', 'null'] } };
const POINTERS: JsonSchema = {
  type: 'object',
  propertyNames: { pattern: '^(/.*)?$' },
  description: 'Values by JSON pointer.',
};
const DURATION: JsonSchema = {
  type: ['number', 'string'],
  minimum: 0,
  pattern: DURATION_PATTERN,
  description: 'Seconds, or a duration such as 1s or 250ms.',
};
const MESSAGE = {
  header: { ...TEXTS, description: 'Globs by header name; null: absent.' },
  body: POINTERS,
  size: requestBody({ over: COUNT, upTo: COUNT }),
};

const PATTERN: JsonSchema = requestBody({
  operation: text('dialect.operation, or a glob.'),
  dialect: text('One API.'),
  method: text('GET, POST, ...'),
  path: text('The path without the query, or a glob.'),
  query: { ...TEXTS, description: 'Globs by parameter; null: absent.' },
  status: {
    type: ['integer', 'string'],
    minimum: 0,
    maximum: 599,
    pattern: '^[1-5]xx$',
    description: 'A status, 0 for no response, or a class: 1xx, 2xx, 3xx, 4xx, 5xx.',
  },
  source: { enum: SOURCES },
  outcome: { enum: OUTCOMES },
  user: text('Name of the caller.'),
  project: text('Project id of the caller.'),
  image: text('Id of the image that the request names or created.'),
  label: text('Label of the request.'),
  userAgent: text('User-Agent, or a glob.'),
  scenario: text('Scenario or one-off fault whose rule fired.'),
  rule: COUNT,
  kind: text('What the rule did.'),
  phase: { enum: ['before', 'after', 'twice', 'late'] },
  attempt: { type: 'integer', minimum: 1 },
  connection: { type: 'integer', minimum: 1 },
  violations: boolean('Whether the request body violates the schema.'),
  ...MESSAGE,
  response: requestBody(MESSAGE),
});

/** Schema of a verification. */
export const VERIFICATION: JsonSchema = requestBody({
  requests: PATTERN,
  exactly: COUNT,
  atLeast: COUNT,
  atMost: COUNT,
  never: { const: true },
  gap: requestBody({ atLeast: DURATION, atMost: DURATION, clock: { enum: ['machine', 'world'] } }),
  inOrder: { ...listOf(PATTERN), minItems: 1 },
});

/** Schema of the answer. */
export const VERDICT: JsonSchema = responseBody({
  result: {
    enum: ['yes', 'no', 'inconclusive'],
    description: '`inconclusive` when what the journal dropped or did not store could change the answer.',
  },
  message: text('The reason.'),
  count: integer('Number of matching requests.'),
  requests: listOf(integer('Id of a matching request.')),
  nearest: listOf(
    responseBody({
      id: integer('Id of a request that almost matches.'),
      operation: textOrNull('Its operation.'),
      differences: listOf(responseBody({ field: text('What differs.'), expected: {}, found: {} })),
    }),
  ),
});

/**
 * Checks whether the requests in the journal of a world meet an expectation.
 * @throws InputError for an expectation that contradicts itself, and an unknown operation, dialect or kind of fault.
 */
export function verifyRequests(world: World, verification: Verification, known: KnownOperations): Work<Verdict> {
  const issues = [...membersIssues(verification), ...nameIssues(verification, known)];
  if (issues.length > 0) throw new InputError('body', issues);
  return verify(world, toExpectation(verification));
}

function toExpectation({ requests = {}, inOrder, exactly, atLeast, atMost, never, gap }: Verification): Expectation {
  if (inOrder !== undefined) return { kind: 'order', patterns: inOrder };
  const number = never === true ? 0 : exactly;
  const isOpen = number === undefined && atMost === undefined;
  return {
    kind: 'count',
    pattern: requests,
    // Without a second request, there is no time between two.
    atLeast: number ?? atLeast ?? (isOpen ? (gap === undefined ? 1 : 2) : 0),
    atMost: number ?? atMost ?? Number.POSITIVE_INFINITY,
    ...(gap !== undefined && { gap: toGap(gap) }),
  };
}

const toGap = ({ atLeast, atMost, clock = 'machine' }: Gap): GapPattern => ({
  clock,
  ...(atLeast !== undefined && { atLeast: parseDuration(atLeast) }),
  ...(atMost !== undefined && { atMost: parseDuration(atMost) }),
});

/** Members that cannot be combined. */
function membersIssues({ inOrder, ...count }: Verification): readonly InputIssue[] {
  const given = Object.entries(count).filter(([, value]) => value !== undefined);
  const [first] = given;
  if (inOrder !== undefined && first !== undefined) return [conflict(first[0], first[1], 'inOrder alone')];
  const { exactly, atLeast, atMost, never } = count;
  const fixed = exactly === undefined ? (never === undefined ? undefined : 'never') : 'exactly';
  if (exactly !== undefined && never !== undefined) return [conflict('never', never, 'exactly or never')];
  if (fixed !== undefined && atLeast !== undefined) return [conflict('atLeast', atLeast, `${fixed} or atLeast`)];
  if (fixed !== undefined && atMost !== undefined) return [conflict('atMost', atMost, `${fixed} or atMost`)];
  if (atLeast !== undefined && atMost !== undefined && atLeast > atMost) {
    return [conflict('atLeast', atLeast, `at most ${atMost}`)];
  }
  return [];
}

const conflict = (member: string, found: unknown, allowed: string): InputIssue => ({
  pointer: `/${member}`,
  message: 'cannot be combined with the other members',
  found,
  allowed,
});

/** Names that are none: a request could never match them, so that the answer would mean nothing. */
function nameIssues({ requests, inOrder }: Verification, known: KnownOperations): readonly InputIssue[] {
  const patterns = [
    ...(requests === undefined ? [] : [['/requests', requests] as const]),
    ...(inOrder ?? []).map((pattern, index) => [`/inOrder/${index}`, pattern] as const),
  ];
  return patterns.flatMap(([pointer, { operation, dialect, kind }]) => [
    ...(operation === undefined ? [] : unknownOperation(`${pointer}/operation`, operation, known)),
    ...(dialect === undefined ? [] : unknownName(`${pointer}/dialect`, dialect, dialectsOf(known))),
    ...(kind === undefined ? [] : unknownName(`${pointer}/kind`, kind, KINDS_IN_JOURNAL)),
  ]);
}

const dialectsOf = ({ names }: KnownOperations): readonly string[] => [
  ...new Set(names.map((name) => name.slice(0, name.lastIndexOf('.')))),
];

function unknownName(pointer: string, found: string, allowed: readonly string[]): readonly InputIssue[] {
  if (allowed.some(compileGlob(found))) return [];
  return [{ pointer, message: `is unknown${didYouMean(found, allowed)}`, found, allowed }];
}

function unknownOperation(pointer: string, found: string, known: KnownOperations): readonly InputIssue[] {
  if (known.matching(found).length > 0) return [];
  const message = `no operation has this name${suggestionHint(known.suggest(found))}`;
  return [
    { pointer, message, found, allowed: 'an operation of GET /__admin/contracts as dialect.operation, or a glob' },
  ];
}
