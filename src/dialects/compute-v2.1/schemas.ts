/** Pattern of the names of metadata items. */
export const METADATA_KEY = '^[a-zA-Z0-9-_:. ]{1,255}$';

/** An object with exactly one member. */
export const wrapped = <Name extends string>(name: Name, value: object) =>
  ({ type: 'object', required: [name], properties: { [name]: value }, additionalProperties: false }) as const;

/** Printable characters of the basic plane, no blanks at the ends; Nova's pattern allows a line feed at the very end. */
export const NAME_PATTERN =
  '^(?!.*[\\u{10000}-\\u{10FFFF}])[^\\p{C}\\p{Z}](?:[^\\p{C}\\p{Zl}\\p{Zp}]*[^\\p{C}\\p{Z}])?\\n?$';

/** Printable characters of the basic plane and blanks. */
export const DESCRIPTION_PATTERN = '^(?:(?![\\u{10000}-\\u{10FFFF}])[^\\p{C}\\p{Zl}\\p{Zp}])*$';

/** A name in a request. */
export const NAME = { type: 'string', minLength: 1, maxLength: 255, pattern: NAME_PATTERN } as const;

/** A name with blanks at its ends, which Nova removes. */
export const PADDED_NAME_PATTERN = '^(?!.*[\\u{10000}-\\u{10FFFF}])(?=.*[^\\p{C}\\p{Z}])[^\\p{C}\\p{Zl}\\p{Zp}]*\\n?$';

/** A name in a request that can have blanks at its ends. */
export const PADDED_NAME = { ...NAME, pattern: PADDED_NAME_PATTERN } as const;

/** The name of an availability zone: as `NAME`, without colons. */
export const ZONE_NAME = { ...NAME, not: { type: 'string', pattern: ':' } } as const;

const MAX_INTEGER = 2 ** 31 - 1;

/** A number, or a text of digits. @param minimum - of the number. */
export const amount = (minimum: number) =>
  ({
    type: ['integer', 'string'],
    pattern: '^[0-9]+$',
    minimumAmount: minimum,
    maximumAmount: MAX_INTEGER,
  }) as const;

/** A number, or a text that holds one; -1 means no limit. */
export const LIMIT = { ...amount(-1), pattern: '^-?[0-9]+$' } as const;

/** Truth values as Nova reads them. */
export const TRUTH_VALUES: readonly (string | boolean)[] = [
  ...[true, 'True', 'TRUE', 'true', '1', 'ON', 'On', 'on', 'YES', 'Yes', 'yes'],
  ...[false, 'False', 'FALSE', 'false', '0', 'OFF', 'Off', 'off', 'NO', 'No', 'no'],
];

/** A truth value as Nova reads it. */
export const FLAG = { type: ['boolean', 'string'], enum: TRUTH_VALUES } as const;

/** A body with one member, for every microversion; each one rejects some of it. */
export const anyObject = <Name extends string>(name: Name) =>
  ({ type: 'object', required: [name], properties: { [name]: { type: 'object' } } }) as const;
