import type { Json } from '../../base/json.ts';
import { parseDuration } from '../../input/duration.ts';
import type { AnswerFault, Fault, Limit } from '../fault.ts';
import { REPOSE_LIMIT } from '../observed.ts';
import type { KnownOperation } from './operations.ts';
import { parseAnswer } from './parse-answer.ts';
import type { RuleContext } from './rule-context.ts';

/** The response over a limit without `answer`: the status that the operation documents, or that of Repose in front of it. */
function defaultAnswer({ operation }: KnownOperation): number | { readonly observed: string } {
  for (const status of [413, 429]) if (operation.statuses.includes(status)) return status;
  return { observed: REPOSE_LIMIT.name };
}

/**
 * Parses a fault with `limit` that has passed the schema.
 * @param at - JSON pointer of the fault.
 */
export function parseLimit(value: Json, at: string, context: RuleContext): Extract<Fault, { readonly kind: 'limit' }> {
  const { operations, issues } = context;
  const { limit: written, ...rest } = value;
  const { requests, per, by = 'world' } = written as Pick<Limit, 'requests'> & { per: string; by?: Limit['by'] };
  const limit: Limit = { requests, milliseconds: parseDuration(per), by };
  if (limit.milliseconds === 0) {
    issues.push({ pointer: `${at}/limit/per`, message: 'is zero', found: per, allowed: 'a time: 1s, 1m, 1h' });
  }
  checkBy(limit, `${at}/limit/by`, context);
  const answers = new Map<string, AnswerFault>();
  const over = new Map<string, AnswerFault>();
  for (const known of operations) {
    const answer = rest['answer'] ?? defaultAnswer(known);
    const key = JSON.stringify(answer);
    let fault = answers.get(key);
    if (fault === undefined) {
      // The other members are the same for each response, so their problems are reported for the first one only.
      fault = { ...parseAnswer({ ...rest, answer }, at, answers.size === 0 ? issues : []), isOverLimit: true };
      answers.set(key, fault);
    }
    over.set(known.name, fault);
  }
  return { kind: 'limit', limit, over };
}

/** Rejects a key that no request of the rule has, because all requests would share one bucket. */
function checkBy({ by }: Limit, pointer: string, { operations, issues }: RuleContext): void {
  const reason = missingKey(by, operations);
  if (reason === undefined) return;
  issues.push({
    pointer,
    message: `${reason}, so all requests would share one bucket`,
    found: by,
    allowed: 'a key in which the requests differ, or world',
  });
}

/** Returns why requests of the operations cannot be told apart by a key, or `undefined` if they can. */
export function missingKey(by: string, operations: readonly KnownOperation[]): string | undefined {
  if (operations.length === 0) return undefined;
  if (by === 'image' && !operations.some(({ operation }) => operation.path.includes('{image_id}'))) {
    return 'no matched operation has an image in its path';
  }
  if ((by === 'project' || by === 'user') && operations.every(({ operation }) => operation.auth === 'none')) {
    return 'the matched operations require no token, so the caller is unknown';
  }
  return undefined;
}
