import { pythonRepr } from '../../glance/python-repr.ts';

/** Nova's message for query parameters that an operation does not have. */
export const unexpectedParameters = (names: readonly string[]): string =>
  `Additional properties are not allowed (${names.map((name) => `'${name}'`).join(', ')} ${names.length === 1 ? 'was' : 'were'} unexpected)`;

/** The message of a 400 for parameters that are not in a list; `undefined` if there are none. */
export function checkNames(parameters: URLSearchParams, known: readonly string[]): string | undefined {
  const unknown = [...new Set(parameters.keys())].filter((name) => !known.includes(name)).sort();
  return unknown.length === 0 ? undefined : unexpectedParameters(unknown);
}

const invalid = (name: string, value: string, reason: string): string =>
  `Invalid input for query parameters ${name}. Value: ${value}. ${pythonRepr(value)} ${reason}`;

/** The message of a 400 for a parameter that is not a number; `undefined` for a valid or missing one. */
export function checkLimit(parameters: URLSearchParams, name = 'limit'): string | undefined {
  for (const limit of parameters.getAll(name)) {
    if (limit === '') return invalid(name, limit, 'is too short');
    if (!/^[0-9]*$/.test(limit)) return invalid(name, limit, "does not match '^[0-9]*$'");
  }
  return undefined;
}

/** The message of a 400 for a parameter with none of the allowed values; `undefined` for a valid or missing one. */
export function checkEnum(parameters: URLSearchParams, name: string, allowed: readonly unknown[]): string | undefined {
  const wrong = parameters.getAll(name).find((value) => !allowed.includes(value));
  return wrong === undefined
    ? undefined
    : invalid(name, wrong, `is not one of [${allowed.map(pythonRepr).join(', ')}]`);
}

/** Whether a text is a UUID, with or without hyphens. */
export const isUuid = (text: string): boolean => /^[\da-f]{32}$/i.test(text.replaceAll('-', ''));

/** Whether a segment of a path is a number to Nova, which ignores blanks around it. */
export const isInteger = (text: string): boolean => /^\s*[+-]?\d+(?:_\d+)*\s*$/.test(text);

/** The message of a 400 for a number in a path that is none. */
export const NOT_AN_INTEGER = 'Invalid input received: id must be an integer';
