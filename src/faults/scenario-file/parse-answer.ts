import type { Json } from '../../base/json.ts';
import { parseSize } from '../../base/size.ts';
import type { InputIssue } from '../../input/input-error.ts';
import type { AnswerFault, Delay, RetryAfter } from '../fault.ts';
import { observedResponse } from '../observed.ts';
import { parseDelay } from './parse-delay.ts';
import { parseWire } from './parse-wire.ts';

/** Retry-After of `retryAfter: malformed`. */
const MALFORMED = 'soon';

/**
 * Parses a fault with `answer` that has passed the schema.
 * @param at - JSON pointer of the fault.
 */
export function parseAnswer(value: Json, at: string, issues: InputIssue[]): AnswerFault {
  const wire = parseWire(value, at, issues);
  const answer = value['answer'] as number | { readonly observed: string };
  if (typeof answer === 'object') checkObserved(value, at, issues);
  return {
    kind: 'answer',
    ...(typeof answer === 'number'
      ? { status: answer }
      : { status: observedResponse(answer.observed)?.status as number, observed: answer.observed }),
    ...(value['retryAfter'] !== undefined && { retryAfter: parseRetryAfter(value['retryAfter']) }),
    ...(value['body'] !== undefined && { body: value['body'] }),
    ...(value['headers'] !== undefined && { headers: value['headers'] as Readonly<Record<string, string | null>> }),
    ...(value['message'] !== undefined && { message: value['message'] as string }),
    ...(value['code'] !== undefined && { code: value['code'] as string }),
    ...(value['problem'] !== undefined && { problem: value['problem'] as string }),
    ...optionalDelay(value, at, issues),
    ...(value['received'] !== undefined && { received: parseSize(value['received'] as number | string) }),
    ...(wire !== undefined && { wire }),
  };
}

/** Parses the delay of a fault into an object to spread; the object is empty if the fault has no delay. */
export const optionalDelay = (value: Json, at: string, issues: InputIssue[]): { readonly delay?: Delay } =>
  value['delay'] === undefined ? {} : { delay: parseDelay(value['delay'], `${at}/delay`, issues) };

/** Rejects members that change the error body of an API: a proxy's response has a fixed body. */
function checkObserved(value: Json, at: string, issues: InputIssue[]): void {
  const { observed } = value['answer'] as { readonly observed: string };
  for (const member of ['message', 'code', 'problem']) {
    if (value[member] === undefined) continue;
    issues.push({
      pointer: `${at}/${member}`,
      message: `has no effect on ${observed}, which is not an error of the API`,
      allowed: ['body', 'headers', 'retryAfter'],
    });
  }
}

function parseRetryAfter(value: unknown): RetryAfter {
  if (typeof value === 'number') return { shape: 'seconds', seconds: value };
  if (value === 'absent') return { shape: 'absent' };
  if (value === 'malformed') return { shape: 'malformed', value: MALFORMED };
  const { date, malformed } = value as { readonly date?: number; readonly malformed?: string };
  return date === undefined ? { shape: 'malformed', value: malformed ?? MALFORMED } : { shape: 'date', seconds: date };
}
