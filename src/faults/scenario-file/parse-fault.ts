import type { Json } from '../../base/json.ts';
import { type ProgressForm, parseProgressForm } from '../../domain/tasks/progress-schema.ts';
import { type BehaviorForm, parseBehavior } from '../../domain/web-schema.ts';
import { DEFAULT_HOLD, type Delay, type Fault } from '../fault.ts';
import { FAULT_MEMBERS, WIRE_MEMBERS } from '../fault-kinds.ts';
import { parseAlter } from './parse-alter.ts';
import { optionalDelay, parseAnswer } from './parse-answer.ts';
import { parseTime } from './parse-delay.ts';
import { parseLimit } from './parse-limit.ts';
import { parseWire, wireMembersOf } from './parse-wire.ts';
import type { RuleContext } from './rule-context.ts';

/** How one kind of fault is recognized and parsed. */
interface FaultForm<F extends Fault> {
  isWritten(value: Json): boolean;
  /** `at` is the JSON pointer of the fault. */
  parse(value: Json, at: string, context: RuleContext): F;
}

type WrittenKind = Exclude<Fault['kind'], 'pass'>;
type FaultOf<K extends Fault['kind']> = Extract<Fault, { readonly kind: K }>;

/** The kinds that are written as an object (`pass` is a word), in order of precedence. */
const FORMS: { readonly [K in WrittenKind]: FaultForm<FaultOf<K>> } = {
  progress: { isWritten: (value) => value['progress'] !== undefined, parse: parseProgress },
  source: { isWritten: (value) => value['source'] !== undefined, parse: parseSource },
  hold: { isWritten: (value) => value['hold'] !== undefined, parse: parseHold },
  limit: { isWritten: (value) => value['limit'] !== undefined, parse: parseLimit },
  alter: { isWritten: (value) => value['alter'] !== undefined, parse: parseAlter },
  answer: {
    isWritten: (value) => value['answer'] !== undefined,
    parse: (value, at, { issues }) => parseAnswer(value, at, issues),
  },
  wire: { isWritten: (value) => wireMembersOf(value).length > 0, parse: parseWireFault },
  delay: { isWritten: (value) => value['delay'] !== undefined, parse: parseDelayFault },
};

/**
 * Parses a fault that has passed the schema.
 * @param at - JSON pointer of the fault.
 */
export function parseFault(value: Json | string, at: string, context: RuleContext): Fault {
  if (typeof value === 'string') {
    context.issues.push({
      pointer: at,
      message: value === 'pass' ? 'is allowed in a sequence only' : 'is allowed at the end of a sequence only',
      found: value,
      allowed: FAULT_MEMBERS,
    });
    return { kind: 'pass' };
  }
  const form = Object.values(FORMS).find(({ isWritten }) => isWritten(value));
  if (form !== undefined) return form.parse(value, at, context);
  rejectAnswerMembers(value, at, context);
  return { kind: 'pass' };
}

/** Rejects members beside one that leaves the response natural. */
function rejectOthers(kind: 'progress' | 'source' | 'hold', value: Json, at: string, { issues }: RuleContext): void {
  const other = Object.keys(value).find((member) => member !== kind && member !== 'delay');
  if (other === undefined) return;
  issues.push({
    pointer: `${at}/${other}`,
    message: `cannot be combined with "${kind}": use a rule of its own`,
    allowed: ['delay'],
  });
}

/** A source as rules give it. */
type SourceForm = BehaviorForm & { readonly text?: string };

function parseSource(value: Json, at: string, context: RuleContext): FaultOf<'source'> {
  rejectOthers('source', value, at, context);
  const { text, ...behavior } = value['source'] as SourceForm;
  const data = text === undefined ? undefined : ({ kind: 'bytes', bytes: Buffer.from(text) } as const);
  const source = { ...parseBehavior(behavior), ...(data !== undefined && { data }) };
  return { kind: 'source', source, ...optionalDelay(value, at, context.issues) };
}

function parseHold(value: Json, at: string, context: RuleContext): FaultOf<'hold'> {
  rejectOthers('hold', value, at, context);
  const { issues } = context;
  const written = value['hold'] as boolean | number | string;
  if (written === false) {
    const allowed = 'true, or the longest time, such as 30s';
    issues.push({ pointer: `${at}/hold`, message: 'holds nothing', found: written, allowed });
  }
  const milliseconds = typeof written === 'boolean' ? DEFAULT_HOLD : parseTime(written, `${at}/hold`, issues);
  return { kind: 'hold', milliseconds, ...optionalDelay(value, at, issues) };
}

function parseProgress(value: Json, at: string, context: RuleContext): FaultOf<'progress'> {
  rejectOthers('progress', value, at, context);
  const { issues } = context;
  const progress = parseProgressForm(value['progress'] as ProgressForm);
  return { kind: 'progress', progress, ...optionalDelay(value, at, issues) };
}

function parseWireFault(value: Json, at: string, context: RuleContext): FaultOf<'wire'> {
  rejectAnswerMembers(value, at, context);
  const wire = parseWire(value, at, context.issues) as FaultOf<'wire'>['wire'];
  return { kind: 'wire', wire, ...optionalDelay(value, at, context.issues) };
}

function parseDelayFault(value: Json, at: string, context: RuleContext): FaultOf<'delay'> {
  rejectAnswerMembers(value, at, context);
  const { delay } = optionalDelay(value, at, context.issues) as { readonly delay: Delay };
  return { kind: 'delay', delay };
}

/** Rejects members that describe a response, because a fault without `answer` has none. */
function rejectAnswerMembers(value: Json, at: string, { issues }: RuleContext): void {
  const allowed: readonly string[] = ['delay', ...WIRE_MEMBERS];
  const idle = Object.keys(value).find((member) => !allowed.includes(member));
  if (idle === undefined) return;
  issues.push({
    pointer: `${at}/${idle}`,
    message: 'describes a response, but "answer" is missing; "alter" changes the natural one',
    allowed: ['answer', 'alter'],
  });
}
