/** Pattern of the names of metadata items. */
export const METADATA_KEY = '^[a-zA-Z0-9-_:. ]{1,255}$';

/** An object with exactly one member. */
export const wrapped = <Name extends string>(name: Name, value: object) =>
  ({ type: 'object', required: [name], properties: { [name]: value }, additionalProperties: false }) as const;

/** Printable characters of the basic plane, no blanks at the ends; Nova's pattern allows a line feed at the very end. */
export const NAME_PATTERN =
  '^(?!.*[\\u{10000}-\\u{10FFFF}])[^\\p{C}\\p{Z}](?:[^\\p{C}\\p{Zl}\\p{Zp}]*[^\\p{C}\\p{Z}])?\\n?$';
