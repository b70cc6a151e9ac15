import type { Json } from '../../base/json.ts';
import { type ProgressForm, parseProgressForm } from '../../domain/tasks/progress-schema.ts';
import type { InputIssue } from '../../input/input-error.ts';
import type { Corruption, Delay, Direction, Fault, RetryAfter, Wire } from '../fault.ts';
import { observedAnswer } from '../observed.ts';
import { MAX_DELAY } from './fault-schema.ts';

/** What Retry-After says when it shall be malformed and no text is given. */
const MALFORMED = 'soon';

/**
 * A fault of a value that has passed the schema.
 * @param at - where it stands.
 * @param issues - takes what is wrong with it.
 */
export function parseFault(value: Json | string, at: string, issues: InputIssue[]): Fault {
  if (typeof value === 'string') {
    issues.push({
      pointer: at,
      message: value === 'pass' ? 'is a word for sequences' : 'is a word for the end of a sequence',
      found: value,
      allowed: ['answer', 'delay', 'progress', ...WIRE_MEMBERS],
    });
    return { kind: 'pass' };
  }
  const delay = value['delay'] === undefined ? undefined : parseDelay(value['delay'], `${at}/delay`, issues);
  if (value['progress'] !== undefined) return parseProgress(value, delay, at, issues);
  const wire = parseWire(value, at, issues);
  if (value['answer'] === undefined) {
    const idle = Object.keys(value).find((member) => member !== 'delay' && !WIRE_MEMBERS.includes(member));
    if (idle !== undefined) {
      issues.push({
        pointer: `${at}/${idle}`,
        message: 'says how to answer, and there is no "answer"',
        allowed: ['answer'],
      });
    }
    if (wire !== undefined) return { kind: 'wire', wire, ...(delay !== undefined && { delay }) };
    return delay === undefined ? { kind: 'pass' } : { kind: 'delay', delay };
  }
  const answer = value['answer'] as number | { readonly observed: string };
  if (typeof answer === 'object') checkObserved(value, answer.observed, at, issues);
  return {
    kind: 'answer',
    ...(typeof answer === 'number'
      ? { status: answer }
      : { status: observedAnswer(answer.observed)?.status as number, observed: answer.observed }),
    ...(value['retryAfter'] !== undefined && { retryAfter: parseRetryAfter(value['retryAfter']) }),
    ...(value['body'] !== undefined && { body: value['body'] }),
    ...(value['headers'] !== undefined && { headers: value['headers'] as Readonly<Record<string, string | null>> }),
    ...(value['message'] !== undefined && { message: value['message'] as string }),
    ...(value['code'] !== undefined && { code: value['code'] as string }),
    ...(delay !== undefined && { delay }),
    ...(value['received'] !== undefined && { received: value['received'] as number }),
    ...(wire !== undefined && { wire }),
  };
}

/** How what the call begins gets on; the call has its own answer. */
function parseProgress(value: Json, delay: Delay | undefined, at: string, issues: InputIssue[]): Fault {
  const other = Object.keys(value).find((member) => member !== 'progress' && member !== 'delay');
  if (other !== undefined) {
    issues.push({
      pointer: `${at}/${other}`,
      message: 'is for a rule of its own: there is "progress" already',
      allowed: ['delay'],
    });
  }
  const progress = parseProgressForm(value['progress'] as ProgressForm);
  return { kind: 'progress', progress, ...(delay !== undefined && { delay }) };
}

/** A proxy says what it says, in no words of an API. */
function checkObserved(value: Json, name: string, at: string, issues: InputIssue[]): void {
  for (const member of ['message', 'code']) {
    if (value[member] === undefined) continue;
    issues.push({
      pointer: `${at}/${member}`,
      message: `is for answers in the words of an API, and ${name} is none`,
      allowed: ['body', 'headers', 'retryAfter'],
    });
  }
}

const WIRE_MEMBERS: readonly string[] = ['stall', 'slow', 'cut', 'corrupt'];

function parseWire(value: Json, at: string, issues: InputIssue[]): Wire | undefined {
  const [first, second] = WIRE_MEMBERS.filter((member) => value[member] !== undefined && value[member] !== false);
  if (second !== undefined) {
    issues.push({ pointer: `${at}/${second}`, message: `there is "${first}" already`, allowed: 'one of them' });
  }
  switch (first) {
    case 'stall':
      return parseStall(value[first] as true | Json, `${at}/stall`, issues);
    case 'slow': {
      const { bytesPerSecond, on } = Object(
        typeof value[first] === 'number' ? { bytesPerSecond: value[first] } : value[first],
      );
      return { kind: 'slow', on: on ?? 'response', bytesPerSecond };
    }
    case 'cut':
      return parseCut(value[first] as string | Json, `${at}/cut`, issues);
    case 'corrupt':
      return { kind: 'corrupt', how: parseCorruption(value[first] as string | Json) };
    default:
      return undefined;
  }
}

function parseStall(value: true | Json, at: string, issues: InputIssue[]): Wire {
  if (value === true) return { kind: 'stall', on: 'response', after: null, milliseconds: null };
  const { after, for: time, on = 'response' } = value as { after?: number; for?: number | string; on?: Direction };
  return {
    kind: 'stall',
    on,
    after: after ?? (on === 'request' ? 0 : null),
    milliseconds: time === undefined ? null : parseTime(time, `${at}/for`, issues),
  };
}

function parseCut(value: string | Json, at: string, issues: InputIssue[]): Wire {
  if (value === 'garbage' || value === 'chunk') return { kind: 'garble', what: value };
  if (typeof value === 'string') {
    return { kind: 'cut', on: 'response', by: value === 'reset' ? 'reset' : 'close', place: null };
  }
  const {
    after,
    of = 'body',
    by = 'close',
    on = 'response',
  } = value as {
    after: number;
    of?: 'head' | 'body';
    by?: 'close' | 'reset';
    on?: Direction;
  };
  if (on === 'request' && of === 'head') {
    issues.push({
      pointer: `${at}/of`,
      message: 'the head of a request is always read whole',
      found: of,
      allowed: ['body'],
    });
  }
  return { kind: 'cut', on, by, place: { of, after } };
}

function parseCorruption(value: string | Json): Corruption {
  if (typeof value === 'string') return { what: value as 'checksum' | 'json' };
  const { type, flip, length } = value as { type?: string; flip?: number; length?: number };
  if (type !== undefined) return { what: 'type', pointer: type };
  return flip === undefined ? { what: 'length', by: length as number } : { what: 'flip', at: flip };
}

function parseRetryAfter(value: unknown): RetryAfter {
  if (typeof value === 'number') return { shape: 'seconds', seconds: value };
  if (value === 'absent') return { shape: 'absent' };
  if (value === 'malformed') return { shape: 'malformed', value: MALFORMED };
  const { date, malformed } = value as { readonly date?: number; readonly malformed?: string };
  return date === undefined ? { shape: 'malformed', value: malformed ?? MALFORMED } : { shape: 'date', seconds: date };
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };

function parseTime(value: number | string, pointer: string, issues: InputIssue[]): number {
  if (typeof value === 'number') return value;
  const milliseconds = Number.parseFloat(value) * (UNITS[value.replace(/^[0-9.]+/, '')] as number);
  if (milliseconds > MAX_DELAY) {
    issues.push({ pointer, message: 'is too long', found: value, allowed: `${MAX_DELAY} milliseconds at most` });
  }
  return milliseconds;
}

function parseDelay(value: unknown, pointer: string, issues: InputIssue[]): Delay {
  if (typeof value === 'number' || typeof value === 'string') {
    return { kind: 'fixed', milliseconds: parseTime(value, pointer, issues) };
  }
  const { uniform, lognormal, clock } = value as {
    readonly clock?: number | string;
    readonly uniform?: { readonly from: number; readonly to: number };
    readonly lognormal?: { readonly median: number; readonly sigma: number };
  };
  if (clock !== undefined) return { kind: 'clock', milliseconds: parseTime(clock, `${pointer}/clock`, issues) };
  if (lognormal !== undefined) return { kind: 'lognormal', ...lognormal };
  const { from, to } = uniform as { readonly from: number; readonly to: number };
  if (from > to) {
    issues.push({
      pointer: `${pointer}/uniform`,
      message: '"from" is past "to"',
      found: uniform,
      allowed: `to: ${from} or more`,
    });
  }
  return { kind: 'uniform', from, to };
}
