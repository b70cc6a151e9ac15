import type { Json } from '../../base/json.ts';
import { parseDuration } from '../../input/duration.ts';
import type { InputIssue } from '../../input/input-error.ts';
import type { AnswerFault, Fault, Limit } from '../fault.ts';
import { REPOSE_LIMIT } from '../observed.ts';
import type { KnownOperation } from './operations.ts';
import { parseFault } from './parse-fault.ts';

/** What a limit answers where the rule does not say: what the operation documents, or what Repose does in front of it. */
function usualAnswer({ operation }: KnownOperation): number | { readonly observed: string } {
  for (const status of [413, 429]) if (operation.statuses.includes(status)) return status;
  return { observed: REPOSE_LIMIT.name };
}

/**
 * A limit, of a value that has passed the schema.
 * @param at - where it stands.
 */
export function parseLimit(
  value: Json,
  at: string,
  operations: readonly KnownOperation[],
  issues: InputIssue[],
): Fault {
  const { limit: written, ...rest } = value;
  const { requests, per, by = 'world' } = written as Pick<Limit, 'requests'> & { per: string; by?: Limit['by'] };
  const limit: Limit = { requests, milliseconds: parseDuration(per), by };
  if (limit.milliseconds === 0) {
    issues.push({ pointer: `${at}/limit/per`, message: 'is no time', found: per, allowed: 'a time: 1s, 1m, 1h' });
  }
  checkBy(limit, `${at}/limit/by`, operations, issues);
  const answers = new Map<string, AnswerFault>();
  const over = new Map<string, AnswerFault>();
  for (const known of operations) {
    const answer = rest['answer'] ?? usualAnswer(known);
    const key = JSON.stringify(answer);
    let fault = answers.get(key);
    if (fault === undefined) {
      // What is wrong with the rest is wrong with each of the answers: told once, for the first of them.
      const parsed = parseFault({ ...rest, answer }, at, answers.size === 0 ? issues : []);
      if (parsed.kind !== 'answer') break;
      fault = { ...parsed, isOverLimit: true };
      answers.set(key, fault);
    }
    over.set(known.name, fault);
  }
  return { kind: 'limit', limit, over };
}

/** A bucket of its own for each image needs calls that name one. */
function checkBy({ by }: Limit, pointer: string, operations: readonly KnownOperation[], issues: InputIssue[]): void {
  const lacks = lackingKey(by, operations);
  if (lacks === undefined) return;
  issues.push({
    pointer,
    message: `${lacks}, so that there would be one bucket for all`,
    found: by,
    allowed: 'what the calls differ in, or world',
  });
}

/** Why calls of operations cannot be told apart by a key; `undefined` where they can. */
export function lackingKey(by: string, operations: readonly KnownOperation[]): string | undefined {
  if (operations.length === 0) return undefined;
  if (by === 'image' && !operations.some(({ operation }) => operation.path.includes('{image_id}'))) {
    return 'no operation that it names has an image in its path';
  }
  if ((by === 'project' || by === 'user') && operations.every(({ operation }) => operation.auth === 'none')) {
    return 'the operations that it names ask for no token, so nobody knows who calls';
  }
  return undefined;
}
