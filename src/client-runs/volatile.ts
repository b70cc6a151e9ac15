/** What differs between two runs of the same client: names of worlds, ids, times and secrets. */
const VOLATILE: readonly (readonly [RegExp, string])[] = [
  [/\/w\/[\w.-]+/g, '/w/{world}'],
  [/[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}/gi, '{id}'],
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z?/g, '{time}'],
  [/sha256:[0-9a-f]+/g, '{secret}'],
  [/127\.0\.0\.1:\d+/g, '{host}'],
];

/** Replaces what differs between two runs of the same client: names of worlds, ids, times, secrets and the port. */
export const withoutVolatile = (text: string): string =>
  VOLATILE.reduce((all, [pattern, name]) => all.replace(pattern, name), text);
