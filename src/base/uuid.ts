const HEX = '[0-9A-Fa-f]';

/** Pattern of a UUID in its canonical form with dashes, in either case; for JSON schemas. */
export const UUID_PATTERN = `^${HEX}{8}-${HEX}{4}-${HEX}{4}-${HEX}{4}-${HEX}{12}$`;

const UUID = new RegExp(UUID_PATTERN);

/** Returns whether a value is a UUID in its canonical form with dashes, in either case. */
export const isUuid = (value: unknown): value is string => typeof value === 'string' && UUID.test(value);

/** Returns whether a text is 32 hexadecimal digits or 36 digits and dashes: the id of a project or user, not a name. */
export const looksLikeId = (text: string): boolean => /^[0-9a-f]{32}$|^[0-9a-f-]{36}$/i.test(text);
