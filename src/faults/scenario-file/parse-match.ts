import type { Json } from '../../base/json.ts';
import type { InputIssue } from '../../input/input-error.ts';
import { canonical, pathOf, valueAt } from '../engine/matcher.ts';
import type { Match } from '../fault.ts';
import type { KnownOperation, KnownOperations } from './operations.ts';

/** The operations that a match stands for, those left out that its other members leave out. */
export function parseOperations(
  match: Json,
  pointer: string,
  known: KnownOperations,
  issues: InputIssue[],
): readonly KnownOperation[] {
  const written = match['operation'] as string | readonly string[] | undefined;
  const isList = Array.isArray(written);
  const patterns: readonly string[] = written === undefined ? ['*'] : isList ? written : [written as string];
  const found = new Map<string, KnownOperation>();
  patterns.forEach((pattern, index) => {
    const matching = known.matching(pattern);
    for (const one of matching) found.set(one.name, one);
    if (matching.length > 0) return;
    const nearest = known.nearest(pattern);
    issues.push({
      pointer: `${pointer}/match/operation${isList ? `/${index}` : ''}`,
      message: `no operation is called that${nearest === undefined ? '' : `; did you mean "${nearest}"?`}`,
      found: pattern,
      allowed: nearest === undefined ? 'dialect.operation, with * on either side' : [nearest],
    });
  });
  if (issues.length > 0) return [...found.values()];
  let operations = [...found.values()];
  const narrow = (
    holds: (known: KnownOperation) => boolean,
    member: string,
    message: string,
    allowed: string,
  ): void => {
    if (operations.length === 0) return;
    const left = operations.filter(holds);
    if (left.length === 0) {
      issues.push({
        pointer: `${pointer}/match/${member}`,
        message: `the rule can never match: ${message}`,
        found: match[member],
        allowed,
      });
    }
    operations = left;
  };
  if (match['method'] !== undefined) {
    const methods = [...new Set(operations.map(({ operation }) => operation.method.toUpperCase()))];
    narrow(
      ({ operation }) => operation.method.toUpperCase() === match['method'],
      'method',
      'no operation that it names has this method',
      methods.join(', '),
    );
  }
  if (match['image'] !== undefined) {
    narrow(
      ({ operation }) => operation.path.includes('{image_id}'),
      'image',
      'no operation that it names has an image in its path',
      'no image here, or an operation on one image',
    );
  }
  for (const member of ['project', 'user'] as const) {
    if (match[member] === undefined) continue;
    narrow(
      ({ operation }) => operation.auth !== 'none',
      member,
      'the operations that it names ask for no token, so nobody knows who calls',
      `no ${member} here, or an operation that asks for a token`,
    );
  }
  if (match['body'] !== undefined) {
    narrow(
      ({ operation }) => operation.body !== 'stream' && BODIED.has(operation.method),
      'body',
      'the operations that it names have no JSON body',
      'no body here, or an operation that takes one',
    );
  }
  return operations;
}

const BODIED: ReadonlySet<string> = new Set(['post', 'put', 'patch', 'delete']);

/** What a match asks for beside the operation. */
export function parseMatch(match: Json): Match {
  const { image, project, user, client, header, query, body } = match as Match;
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
  };
}

/** Conditions of a match of which one leaves out what another asks for. */
export function checkContradictions(match: Json, pointer: string, issues: InputIssue[]): void {
  const headers = new Map<string, readonly [string, unknown]>();
  for (const [name, wanted] of Object.entries((match['header'] ?? {}) as Json)) {
    const earlier = headers.get(name.toLowerCase());
    headers.set(name.toLowerCase(), [name, wanted]);
    if (earlier === undefined) continue;
    issues.push({
      pointer: `${pointer}/header/${name}`,
      message: `is the same header as ${earlier[0]}, which this rule asks for as well`,
      found: wanted,
      allowed: 'one of them',
    });
  }
  checkBodies((match['body'] ?? {}) as Json, pointer, issues);
}

/** A value that is asked for whole must hold what is asked for within it. */
function checkBodies(body: Json, pointer: string, issues: InputIssue[]): void {
  const entries = Object.entries(body);
  for (const [inner, wanted] of entries) {
    const outer = entries.find(([other]) => inner.startsWith(`${other}/`));
    if (outer === undefined) continue;
    const [at, whole] = outer;
    const found = valueAt(whole, pathOf(inner.slice(at.length)));
    // A text may be a glob; whether it fits is for the call to show.
    if (found !== undefined && (typeof wanted === 'string' || canonical(found) === canonical(wanted))) continue;
    issues.push({
      pointer: `${pointer}/body/${inner.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      message: `the rule can never match: what it asks of ${at === '' ? 'the whole body' : at} leaves this out`,
      found: wanted,
      allowed: 'one of them',
    });
  }
}
