import fc, { type Arbitrary } from 'fast-check';

/** Names that objects of JavaScript inherit, and names with a meaning in patterns and paths. */
const HOSTILE_TEXTS: readonly string[] = [
  '',
  ' ',
  '.',
  '..',
  '../../etc/passwd',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '%',
  '%ff',
  '%00',
  '%2e%2e%2f',
  '\u0000',
  '\ud800',
  '\ufeff',
  '\u2028',
  'é',
  '𝒳',
  '-1',
  '0',
  '1e309',
  '9'.repeat(400),
  'a'.repeat(300),
  'a'.repeat(20_000),
  '/'.repeat(500),
  '*'.repeat(50),
  '('.repeat(50),
  '~0~1~2',
  '{x}',
  'null',
  'true',
  'in:a,"b',
  'gt:2020-01-01T00:00:00Z',
  '2020-13-45T99:99:99Z',
  '<script>',
  "'; DROP TABLE images; --",
];

const HOSTILE_NUMBERS = [0, -0, -1, 1, 0.1, 2 ** 31, 2 ** 53, -(2 ** 63), 1e308];

/** Texts on which careless code stumbles, and any others. */
export const hostileText: Arbitrary<string> = fc.oneof(
  fc.constantFrom(...HOSTILE_TEXTS),
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
);

const scalar: Arbitrary<unknown> = fc.oneof(
  hostileText,
  fc.constantFrom<unknown>(null, true, false, ...HOSTILE_NUMBERS, {}, []),
  fc.uuid(),
);

/** A JSON value whose objects have names that the service knows, or hostile ones. */
export function jsonValue(names: readonly string[]): Arbitrary<unknown> {
  const name = fc.oneof({ arbitrary: fc.constantFrom(...names), weight: 5 }, { arbitrary: hostileText, weight: 1 });
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      scalar,
      fc.array(tie('value'), { maxLength: 4 }),
      fc.array(fc.tuple(name, tie('value')), { maxLength: 6 }).map((entries) => Object.fromEntries(entries)),
    ),
  }));
  return value;
}

/** Lists and objects nested in each other: as text, because so many levels cannot be formatted. */
const nestedText: Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(10, 300, 900, 1000, 5000),
    fc.constantFrom<readonly [string, string]>(['[', ']'], ['{"a":', '}']),
  )
  .map(([levels, [open, close]]) => `${open.repeat(levels)}1${close.repeat(levels)}`);

const listText: Arbitrary<string> = fc
  .tuple(fc.constantFrom(100, 5000), fc.constantFrom('1', '{}', '"a"', '{"op":"add","path":"/a","value":"b"}'))
  .map(([length, item]) => `[${Array.from({ length }, () => item).join(',')}]`);

const manyNamesText: Arbitrary<string> = fc
  .constantFrom(100, 3000)
  .map((length) => `{${Array.from({ length }, (_, index) => `"k${index}":"v"`).join(',')}}`);

/** Texts that are JSON, nearly JSON, or large. */
export function bodyText(names: readonly string[]): Arbitrary<string | Buffer> {
  const json = jsonValue(names).map((value) => JSON.stringify(value) ?? 'null');
  const inMember = fc
    .tuple(fc.constantFrom(...names), fc.oneof(nestedText, listText, manyNamesText))
    .map(([name, text]) => `{${JSON.stringify(name)}:${text}}`);
  return fc.oneof(
    { arbitrary: json, weight: 12 },
    { arbitrary: fc.oneof(nestedText, listText, manyNamesText, inMember), weight: 1 },
    { arbitrary: json.map((text) => text.slice(0, -1)), weight: 1 },
    { arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)), weight: 1 },
    { arbitrary: hostileText, weight: 1 },
  );
}
