import { pythonRepr } from '../../glance/python-repr.ts';
import { type NovaRelease, type ReleasedCall, releaseOf } from './releases.ts';

/** Nova's message for query parameters that an operation does not have. */
export const unexpectedParameters = (names: readonly string[]): string =>
  `Additional properties are not allowed (${names.map((name) => `'${name}'`).join(', ')} ${names.length === 1 ? 'was' : 'were'} unexpected)`;

/** The message of a 400 for parameters that are not in a list; `undefined` if there are none. */
export function checkNames(parameters: URLSearchParams, known: readonly string[]): string | undefined {
  const unknown = [...new Set(parameters.keys())].filter((name) => !known.includes(name)).sort();
  return unknown.length === 0 ? undefined : unexpectedParameters(unknown);
}

const invalid = (name: string, value: string, reason: string): string =>
  `Invalid input for query parameters ${name}. Value: ${value}. ${reason}`;

/** A query, and the release of the request that has it. */
export interface ReleasedQuery extends ReleasedCall {
  readonly query: URLSearchParams;
}

/** The message of a 400 for a parameter that is not a number; `undefined` for a valid or missing one. */
export const checkLimit = (request: ReleasedQuery, name = 'limit'): string | undefined =>
  firstError(request, name, notANumber);

/** The message of a 400 for a parameter that is not a positive number; `undefined` for a valid or missing one. */
export const checkPositive = (request: ReleasedQuery, name: string): string | undefined =>
  firstError(request, name, (text, release) => notANumber(text, release) ?? belowOne(text));

/** What is wrong with the value of a parameter, in the words of a release. */
type CheckText = (text: string, release: NovaRelease) => string | undefined;

function firstError(request: ReleasedQuery, name: string, check: CheckText): string | undefined {
  for (const text of request.query.getAll(name)) {
    const reason = check(text, releaseOf(request));
    if (reason !== undefined) return invalid(name, text, reason);
  }
  return undefined;
}

/** A number, with the line feed that Python's `$` overlooks. */
const NUMBER = /^[0-9]+\n?$/;

function notANumber(text: string, { saysNonEmpty }: NovaRelease): string | undefined {
  if (text === '') return saysNonEmpty ? "'' should be non-empty" : "'' is too short";
  return NUMBER.test(text) ? undefined : `${pythonRepr(text)} does not match '^[0-9]*$'`;
}

const belowOne = (text: string): string | undefined =>
  Number(text) < 1 ? `${Number(text)} is less than the minimum of 1` : undefined;

/** The message of a 400 for a parameter with none of the allowed values; `undefined` for a valid or missing one. */
export function checkEnum(parameters: URLSearchParams, name: string, allowed: readonly unknown[]): string | undefined {
  const wrong = parameters.getAll(name).find((value) => !allowed.includes(value));
  return wrong === undefined
    ? undefined
    : invalid(name, wrong, `${pythonRepr(wrong)} is not one of [${allowed.map(pythonRepr).join(', ')}]`);
}

/** Whether a text is a UUID, with or without hyphens. */
export const isUuid = (text: string): boolean => /^[\da-f]{32}$/i.test(text.replaceAll('-', ''));

/** Whether a segment of a path is a number to Nova, which ignores blanks around it. */
export const isInteger = (text: string): boolean => /^\s*[+-]?\d+(?:_\d+)*\s*$/.test(text);

/** The message of a 400 for a number in a path that is none. */
export const NOT_AN_INTEGER = 'Invalid input received: id must be an integer';
