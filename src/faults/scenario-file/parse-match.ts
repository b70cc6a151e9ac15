import { isGlob } from '../../base/glob.ts';
import type { Json } from '../../base/json.ts';
import { valuesAt } from '../../base/json-places.ts';
import { escapePointer, parsePointer } from '../../base/json-pointer.ts';
import { canonical } from '../../base/json-value.ts';
import { parseSize } from '../../base/size.ts';
import { suggestionHint } from '../../contract/nearest.ts';
import type { InputIssue } from '../../input/input-error.ts';
import type { Match } from '../fault.ts';
import type { KnownOperation, KnownOperations } from './operations.ts';

/** What `parseOperations` needs. */
interface OperationSearch {
  readonly known: KnownOperations;
  /** Whether patterns match operations by which clients discover versions, unless the match says. */
  readonly discovers: boolean;
  /** Collects the problems that are found. */
  readonly issues: InputIssue[];
}

/** A member of a match that only some operations can satisfy. */
interface Restriction {
  readonly member: string;
  /** Whether requests of the operation can satisfy the member. */
  applies(known: KnownOperation, wanted: unknown): boolean;
  /** Why no operation is left. */
  readonly message: string;
  /** What to write instead, given the operations that were left before. */
  allowed(operations: readonly KnownOperation[]): string;
}

const METHODS_WITH_BODY: ReadonlySet<string> = new Set(['post', 'put', 'patch', 'delete']);

const authenticated = (member: string): Restriction => ({
  member,
  applies: ({ operation }) => operation.auth !== 'none',
  message: 'the matched operations require no token, so the caller is unknown',
  allowed: () => `no ${member}, or an operation that requires a token`,
});

const RESTRICTIONS: readonly Restriction[] = [
  {
    member: 'method',
    applies: ({ operation }, wanted) => operation.method.toUpperCase() === wanted,
    message: 'no matched operation has this method',
    allowed: (operations) => [...new Set(operations.map(({ operation }) => operation.method.toUpperCase()))].join(', '),
  },
  {
    member: 'image',
    applies: ({ operation }) => operation.path.includes('{image_id}'),
    message: 'no matched operation has an image in its path',
    allowed: () => 'no image, or an operation on one image',
  },
  authenticated('project'),
  authenticated('user'),
  {
    member: 'body',
    applies: ({ operation }) => operation.body !== 'stream' && METHODS_WITH_BODY.has(operation.method),
    message: 'the matched operations have no JSON body',
    allowed: () => 'no body, or an operation that accepts one',
  },
  {
    member: 'size',
    applies: ({ operation }) => METHODS_WITH_BODY.has(operation.method),
    message: 'the matched operations have no body',
    allowed: () => 'no size, or an operation that accepts a body',
  },
];

/**
 * Returns the operations whose requests can satisfy a match that has passed the schema.
 * @param pointer - JSON pointer of the match.
 */
export function parseOperations(match: Json, pointer: string, search: OperationSearch): readonly KnownOperation[] {
  const discovers = (match['discovery'] as boolean | undefined) ?? search.discovers;
  let operations = namedOperations(match['operation'], `${pointer}/operation`, { ...search, discovers });
  if (search.issues.length > 0) return operations;
  for (const { member, applies, message, allowed } of RESTRICTIONS) {
    const wanted = match[member];
    if (wanted === undefined || operations.length === 0) continue;
    const left = operations.filter((known) => applies(known, wanted));
    if (left.length === 0) {
      search.issues.push({
        pointer: `${pointer}/${member}`,
        message: `the rule can never match: ${message}`,
        found: wanted,
        allowed: allowed(operations),
      });
    }
    operations = left;
  }
  return operations;
}

/** Resolves names and globs of operations; each operation is listed once. */
function namedOperations(
  written: unknown,
  pointer: string,
  { known, discovers, issues }: OperationSearch,
): readonly KnownOperation[] {
  const isList = Array.isArray(written);
  const patterns: readonly string[] = isList ? written : [(written as string | undefined) ?? '*'];
  const found = new Map<string, KnownOperation>();
  patterns.forEach((pattern, index) => {
    const matching = known.matching(pattern);
    const isPattern = isGlob(pattern);
    for (const one of matching)
      if (discovers || !isPattern || one.operation.isDiscovery !== true) found.set(one.name, one);
    if (matching.length > 0) return;
    issues.push({
      pointer: `${pointer}${isList ? `/${index}` : ''}`,
      message: `no operation has this name${suggestionHint(known.suggest(pattern))}`,
      found: pattern,
      allowed: 'dialect.operation, with * on either side; GET /__admin/contracts lists the operations',
    });
  });
  if (found.size === 0 && issues.length === 0) {
    issues.push({
      pointer,
      message: 'the rule can never match: the patterns match only operations of version discovery',
      found: written,
      allowed: 'discovery: true, or the full names of operations',
    });
  }
  return [...found.values()];
}

/** Parses the conditions of a match that has passed the schema, without its operations. */
export function parseMatch(match: Json): Match {
  const { image, project, user, client, header, query, body } = match as Match;
  const size = match['size'] as WrittenSize | undefined;
  return {
    ...(image !== undefined && { image }),
    ...(project !== undefined && { project }),
    ...(user !== undefined && { user }),
    ...(client !== undefined && { client }),
    ...(header !== undefined && {
      header: Object.fromEntries(Object.entries(header).map(([name, glob]) => [name.toLowerCase(), glob])),
    }),
    ...(query !== undefined && { query }),
    ...(body !== undefined && { body }),
    ...(size !== undefined && { size: parseLimits(size) }),
  };
}

/** The limits of a size as written: bytes, or texts such as `2MB`. */
type WrittenSize = Readonly<Partial<Record<keyof NonNullable<Match['size']>, number | string>>>;

const parseLimits = ({ over, upTo }: WrittenSize): NonNullable<Match['size']> => ({
  ...(over !== undefined && { over: parseSize(over) }),
  ...(upTo !== undefined && { upTo: parseSize(upTo) }),
});

/** Reports conditions of a match that contradict each other. */
export function checkContradictions(match: Json, pointer: string, issues: InputIssue[]): void {
  const headers = new Map<string, readonly [string, unknown]>();
  for (const [name, wanted] of Object.entries((match['header'] ?? {}) as Json)) {
    const earlier = headers.get(name.toLowerCase());
    headers.set(name.toLowerCase(), [name, wanted]);
    if (earlier === undefined) continue;
    issues.push({
      pointer: `${pointer}/header/${name}`,
      message: `is the same header as ${earlier[0]}`,
      found: wanted,
      allowed: 'one of them',
    });
  }
  checkBodies((match['body'] ?? {}) as Json, pointer, issues);
  checkSize(parseLimits((match['size'] ?? {}) as WrittenSize), pointer, issues);
}

function checkSize(
  { over = -1, upTo = Number.MAX_SAFE_INTEGER }: NonNullable<Match['size']>,
  pointer: string,
  issues: InputIssue[],
): void {
  if (over < upTo) return;
  issues.push({
    pointer: `${pointer}/size`,
    message: 'the rule can never match: no size is over one limit and up to the other',
    found: { over, upTo },
    allowed: 'an "upTo" larger than "over"',
  });
}

/** Reports a value inside another value of the body that has to be different. */
function checkBodies(body: Json, pointer: string, issues: InputIssue[]): void {
  const entries = Object.entries(body);
  for (const [inner, wanted] of entries) {
    const outer = entries.find(([other]) => inner.startsWith(`${other}/`));
    if (outer === undefined) continue;
    const [at, whole] = outer;
    const found = valuesAt(whole, parsePointer(inner.slice(at.length)));
    // A text may be a glob, which only a request can decide.
    if (found.some((value) => typeof wanted === 'string' || canonical(value) === canonical(wanted))) continue;
    issues.push({
      pointer: `${pointer}/body/${escapePointer(inner)}`,
      message: `the rule can never match: it contradicts the condition on ${at === '' ? 'the whole body' : at}`,
      found: wanted,
      allowed: 'one of them',
    });
  }
}
