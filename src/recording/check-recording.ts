import { isObject } from '../base/json.ts';
import { describeViolations } from '../contract/schema-errors.ts';
import { InputError, type InputIssue } from '../input/input-error.ts';
import { RECORDING_FORMAT, RECORDING_VERSION, type RecordedExchange, type RecordingHead } from './recording.ts';
import { checkExchange, checkHead, EXCHANGE_SCHEMA, HEAD_SCHEMA } from './schema.ts';

/** Parses the JSON of a recording. @throws InputError for invalid JSON. */
export function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const { message } = error as Error;
    const position = /position (\d+)/.exec(message)?.[1];
    const isCut = /Unexpected end|Unterminated/.test(message) || Number(position) >= text.trimEnd().length;
    throw new InputError(file, [
      {
        pointer: '',
        message: isCut ? 'the file is cut off' : `is not valid JSON: ${message}`,
        found: text.slice(0, 60),
        allowed: 'a recording that Sideglance wrote',
      },
    ]);
  }
}

/** Kinds of JSON files that are no recordings, by what they contain. */
const OTHER_KINDS: readonly (readonly [name: string, isOne: (file: Readonly<Record<string, unknown>>) => boolean])[] = [
  ['an HTTP archive', ({ log }) => isObject(log)],
  ['a state file', ({ sideglance, layers }) => sideglance === 'state' && layers !== undefined],
  ['a coverage report', ({ format }) => typeof format === 'string' && format.startsWith('sideglance-coverage')],
  ['a scenario', ({ scenario, rules }) => scenario !== undefined && rules !== undefined],
  ['a page of the journal', ({ requests, recorded }) => Array.isArray(requests) && recorded !== undefined],
];

/** Checks everything but the requests. @throws InputError for another kind of file, a newer version, and invalid members. */
export function parseHead(file: string, value: unknown): RecordingHead {
  const { format, version } = isObject(value) ? value : {};
  if (format !== RECORDING_FORMAT) {
    const kind = isObject(value) ? OTHER_KINDS.find(([, isOne]) => isOne(value))?.[0] : undefined;
    const message = `is not a recording${kind === undefined ? '' : `, but ${kind}`}`;
    throw new InputError(file, [{ pointer: '/format', message, found: format ?? null, allowed: RECORDING_FORMAT }]);
  }
  if (typeof version === 'number' && version > RECORDING_VERSION) {
    const message = 'was written by a newer version of Sideglance; update Sideglance to read it';
    throw new InputError(file, [
      { pointer: '/version', message, found: version, allowed: `up to ${RECORDING_VERSION}` },
    ]);
  }
  const violations = checkHead(value);
  if (violations.length > 0) throw new InputError(file, describeViolations(violations, HEAD_SCHEMA));
  return value as RecordingHead;
}

/** Where a request is in a file. */
export interface ExchangePlace {
  readonly index: number;
  readonly line?: number;
}

/** Parses a request. @throws InputError for an invalid one. */
export function parseExchange(file: string, text: string, place: ExchangePlace): RecordedExchange {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw invalidExchange(file, place, [{ pointer: '', message: `is not valid JSON: ${(error as Error).message}` }]);
  }
  return checkedExchange(file, value, place);
}

/** Checks a request. @throws InputError for an invalid one. */
export function checkedExchange(file: string, value: unknown, place: ExchangePlace): RecordedExchange {
  const violations = checkExchange(value);
  if (violations.length === 0) return value as RecordedExchange;
  throw invalidExchange(file, place, describeViolations(violations, EXCHANGE_SCHEMA));
}

const invalidExchange = (file: string, { index, line }: ExchangePlace, issues: readonly InputIssue[]): InputError =>
  new InputError(
    file,
    issues.map((issue) => ({
      ...issue,
      pointer: `/requests/${index}${issue.pointer}`,
      ...(line !== undefined && { line }),
    })),
  );
