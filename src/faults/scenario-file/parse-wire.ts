import type { Json } from '../../base/json.ts';
import type { InputIssue } from '../../input/input-error.ts';
import type { Corruption, Direction, Wire } from '../fault.ts';
import { WIRE_MEMBERS, type WireMember } from '../fault-kinds.ts';
import { parseTime } from './parse-delay.ts';

/** Parses the value of one member; `at` is the JSON pointer of that member. */
type WireParser<W extends Wire> = (value: unknown, at: string, issues: InputIssue[]) => W;

/** Kinds of wire fault that a member writes. */
type WrittenBy<M extends WireMember> = Extract<Wire, { readonly kind: M | (M extends 'cut' ? 'garble' : never) }>;

const PARSERS: { readonly [M in WireMember]: WireParser<WrittenBy<M>> } = {
  stall: parseStall,
  slow: parseSlow,
  slice: parseSlice,
  slowClose: (time, at, issues) => ({
    kind: 'slowClose',
    milliseconds: parseTime(time as number | string, at, issues),
  }),
  cut: parseCut,
  corrupt: (value) => ({ kind: 'corrupt', how: parseCorruption(value as string | Json) }),
};

/** Returns the members of a fault that write a wire fault; `stall: false` writes none. */
export const wireMembersOf = (value: Json): readonly WireMember[] =>
  WIRE_MEMBERS.filter((member) => value[member] !== undefined && value[member] !== false);

/**
 * Parses the wire fault of a fault that has passed the schema.
 * @param at - JSON pointer of the fault.
 * @returns `undefined` if the fault has no wire fault.
 */
export function parseWire(value: Json, at: string, issues: InputIssue[]): Wire | undefined {
  const [first, second] = wireMembersOf(value);
  if (second !== undefined) {
    issues.push({
      pointer: `${at}/${second}`,
      message: `cannot be combined with "${first}"`,
      allowed: 'one of them',
    });
  }
  return first && PARSERS[first](value[first], `${at}/${first}`, issues);
}

function parseStall(written: unknown, at: string, issues: InputIssue[]): WrittenBy<'stall'> {
  if (written === true) return { kind: 'stall', on: 'response', after: null, milliseconds: null };
  const { after, for: time, on = 'response' } = written as { after?: number; for?: number | string; on?: Direction };
  return {
    kind: 'stall',
    on,
    after: after ?? (on === 'request' ? 0 : null),
    milliseconds: time === undefined ? null : parseTime(time, `${at}/for`, issues),
  };
}

function parseSlow(written: unknown): WrittenBy<'slow'> {
  if (typeof written === 'number') return { kind: 'slow', on: 'response', bytesPerSecond: written };
  const { bytesPerSecond, on = 'response' } = written as { bytesPerSecond: number; on?: Direction };
  return { kind: 'slow', on, bytesPerSecond };
}

/** The members of `slice: { bytes: ... }`. */
interface WrittenSlice {
  readonly bytes: number;
  readonly variation?: number;
  readonly delay?: number | string;
  readonly on?: Direction;
}

function parseSlice(written: unknown, at: string, issues: InputIssue[]): WrittenBy<'slice'> {
  const {
    bytes,
    variation = 0,
    delay = 0,
    on = 'response',
  } = (typeof written === 'number' ? { bytes: written } : written) as WrittenSlice;
  if (variation >= bytes) {
    issues.push({
      pointer: `${at}/variation`,
      message: 'would make slices without a byte',
      found: variation,
      allowed: `less than ${bytes}`,
    });
  }
  return { kind: 'slice', on, bytes, variation, milliseconds: parseTime(delay, `${at}/delay`, issues) };
}

/** The members of `cut: { after: ... }`. */
interface WrittenCut {
  readonly after: number;
  readonly of?: 'head' | 'body';
  readonly by?: 'close' | 'reset';
  readonly on?: Direction;
}

function parseCut(written: unknown, at: string, issues: InputIssue[]): WrittenBy<'cut'> {
  if (written === 'garbage' || written === 'chunk') return { kind: 'garble', what: written };
  if (typeof written === 'string') {
    return { kind: 'cut', on: 'response', by: written === 'reset' ? 'reset' : 'close', place: null };
  }
  const { after, of = 'body', by = 'close', on = 'response' } = written as WrittenCut;
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

type CorruptionOf<K extends Corruption['what']> = Extract<Corruption, { readonly what: K }>;

/** Parses each kind of corruption from its value; kinds that are written as a word have none. */
const CORRUPTION_PARSERS: { readonly [K in Corruption['what']]: (value: unknown) => CorruptionOf<K> } = {
  checksum: () => ({ what: 'checksum' }),
  json: () => ({ what: 'json' }),
  type: (pointer) => ({ what: 'type', pointer: pointer as string }),
  flip: (at) => ({ what: 'flip', at: at as number }),
  length: (by) => ({ what: 'length', by: by as number }),
};

function parseCorruption(written: string | Json): Corruption {
  // The schema allows one of the words, or an object with exactly one member.
  const [what, value] = typeof written === 'string' ? [written] : (Object.entries(written)[0] as [string, unknown]);
  return CORRUPTION_PARSERS[what as Corruption['what']](value);
}
