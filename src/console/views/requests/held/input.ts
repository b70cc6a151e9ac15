/** From the forms for held requests to requests of the admin API. */
import type { ContinueHeldBody, RespondHeldBody } from '../../../api/types.ts';

/** When the effect of a request takes place that is answered by hand, with a title each. */
export const PHASES: Readonly<Record<string, string>> = {
  before: 'none: the operation does not run',
  after: 'takes place, but the client gets this response',
  twice: 'takes place twice',
};

/** What the form for a response holds. */
export interface AnswerChoice {
  readonly status: string;
  /** Seconds; empty for what the API sends itself. */
  readonly retryAfter: string;
  readonly headers: string;
  /** Empty for that of the API. */
  readonly body: string;
  readonly phase: string;
}

/** Headers, one a line: `Name: value` sets one, `Name:` removes it. `undefined` for none. */
function headersOf(text: string): Readonly<Record<string, string | null>> | undefined {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0) return undefined;
  return Object.fromEntries(
    lines.map((line) => {
      const [name = '', ...rest] = line.split(':');
      const value = rest.join(':').trim();
      return [name.trim(), value === '' ? null : value];
    }),
  );
}

/** Returns a response by hand. @param documented - the statuses that the operation documents. */
export function answerOf(choice: AnswerChoice, documented: readonly number[]): RespondHeldBody {
  const status = Number(choice.status);
  const headers = headersOf(choice.headers);
  return {
    fault: {
      answer: status,
      ...(choice.retryAfter !== '' && { retryAfter: Number(choice.retryAfter) }),
      ...(headers !== undefined && { headers }),
      ...(choice.body !== '' && { body: jsonOr(choice.body) }),
    },
    ...(choice.phase !== 'before' && { phase: choice.phase }),
    ...(!documented.includes(status) && { undocumented: true }),
  };
}

interface Changes {
  readonly headers: string;
  readonly body: string;
}

/** Returns the change of a request. @param before - the body that it has. */
export function changedRequest(choice: Changes, before: string): ContinueHeldBody {
  const headers = headersOf(choice.headers);
  return { ...(headers !== undefined && { headers }), ...(choice.body !== before && { body: jsonOr(choice.body) }) };
}

/** Returns the change of a response. @param before - the body that it has. */
export function changedResponse(
  choice: Changes,
  before: string,
  { from, to }: { readonly from: number; readonly to: number },
): RespondHeldBody {
  const headers = headersOf(choice.headers);
  const parts: BodyChange = { set: {}, remove: [] };
  if (choice.body !== before) compare(jsonOr(before), jsonOr(choice.body), '', parts);
  return {
    fault: {
      alter: {
        ...(to !== from && { status: to }),
        ...(headers !== undefined && { headers }),
        ...(Object.keys(parts.set).length > 0 && { set: parts.set }),
        ...(parts.remove.length > 0 && { remove: parts.remove }),
      },
    },
    ...(to !== from && { undocumented: true }),
  };
}

/** A text as the value that it is in JSON, or as it is. */
function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

interface BodyChange {
  readonly set: Record<string, unknown>;
  readonly remove: string[];
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Notes what differs between two values of JSON, by JSON pointer. */
function compare(before: unknown, after: unknown, at: string, change: BodyChange): void {
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  if (!isObject(before) || !isObject(after)) {
    change.set[at] = after;
    return;
  }
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const pointer = `${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (!(name in after)) change.remove.push(pointer);
    else if (name in before) compare(before[name], after[name], pointer, change);
    else change.set[pointer] = after[name];
  }
}
