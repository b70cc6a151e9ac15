import { expect, test } from '@jest/globals';
import { glanceErrorReply, preferredShape } from '../../../src/dialects/glance/errors.ts';
import { pythonPretty } from '../../../src/dialects/glance/python-pretty.ts';
import { pythonRepr } from '../../../src/dialects/glance/python-repr.ts';

test.each([
  [undefined, 'text'],
  ['', 'text'],
  ['*/*', 'html'],
  ['text/html', 'html'],
  ['text/*', 'html'],
  ['application/json', 'json'],
  ['APPLICATION/JSON', 'json'],
  ['application/*', 'json'],
  ['application/json, text/html', 'html'],
  ['text/html;q=0.5, application/json', 'json'],
  ['*/*;q=0.8, text/html;q=0.1', 'json'],
  ['application/json, text/plain, */*', 'html'],
  ['application/json; charset=utf-8', 'text'],
  ['application/json;q=0', 'text'],
  ['text/plain', 'text'],
  ['application/xml', 'text'],
  ['garbage', 'html'],
])('Accept: %s prefers %s', (accept, shape) => {
  expect(preferredShape(accept)).toBe(shape);
});

const error = { message: "<b>it's</b> é\nand", detail: 'more' };

test('escapes the message and keeps its lines in HTML', () => {
  expect(glanceErrorReply(404, error, { headers: { accept: '*/*' } })).toEqual({
    status: 404,
    headers: { 'Content-Type': 'text/html; charset=UTF-8' },
    body:
      '<html>\n <head>\n  <title>404 Not Found</title>\n </head>\n <body>\n  <h1>404 Not Found</h1>\n' +
      '  &lt;b&gt;it&#x27;s&lt;/b&gt; &#233;\nand<br /><br />\nmore\n\n\n </body>\n</html>',
  });
});

test('keeps line breaks and escapes non-ASCII characters in JSON', () => {
  expect(glanceErrorReply(404, error, { headers: { accept: 'application/json' } }).body).toBe(
    '{"message": "<b>it\'s</b> \\u00e9\\nand<br /><br />\\nmore\\n\\n", "code": "404 Not Found", "title": "Not Found"}',
  );
});

test('writes text as one line without tags', () => {
  expect(glanceErrorReply(404, error, { headers: {} }).body).toBe("404 Not Found\n\nit's é and\n\n more  ");
});

test.each([
  [null, 'None'],
  [true, 'True'],
  ["it's", '"it\'s"'],
  ['both\'"', "'both\\'\"'"],
  ['é\n\t\\\u0001', "'é\\n\\t\\\\\\x01'"],
  [['x', { d: null, e: [1.5, false] }], "['x', {'d': None, 'e': [1.5, False]}]"],
  [1e30, '1e+30'],
  [0.00001, '1e-05'],
])('Python prints %j as %s', (value, text) => {
  expect(pythonRepr(value)).toBe(text);
});

test('long values are printed on several lines, with sorted keys and strings split at spaces', () => {
  const long = 'word '.repeat(20);
  expect(pythonPretty({ b: ['x'.repeat(30), 'y'.repeat(30)], a: long }, 72)).toBe(
    [
      `{'a': 'word word word word word word word word word word word word '`,
      `      'word word word word word word word word ',`,
      ` 'b': ['${'x'.repeat(30)}',`,
      `       '${'y'.repeat(30)}']}`,
    ].join('\n'),
  );
});

test.each([
  [
    'after all that Python takes for the end of a line',
    `${'a'.repeat(80)}\rb\u0085c\u2028d`,
    ["'\\r'", "'b\\x85'", "'c\\u2028'"],
  ],
  ['at white space of Python', `${'a'.repeat(80)}\u001f${'b'.repeat(80)}`, [`'${'a'.repeat(80)}\\x1f'`]],
])('splits long texts %s', (_where, text, expected) => {
  const lines = pythonPretty(text, 72)
    .split('\n')
    .map((line) => line.trim().replace(/^\(/, ''));
  for (const line of expected) expect(lines).toContainEqual(expect.stringContaining(line.slice(1)));
});

test('fails on values of more levels than Python can print', () => {
  const nested = (levels: number): unknown => (levels === 1 ? [] : [nested(levels - 1)]);
  expect(pythonPretty(nested(296), 72)).toBe('['.repeat(296) + ']'.repeat(296));
  expect(() => pythonPretty(nested(297), 72)).toThrow('more than 296 levels');
});
