import { expect, test } from '@jest/globals';
import { usualSpelling } from '../../src/identity/tokens/token-spelling.ts';

/** A token of 183 characters, as Keystone issues them. */
const TOKEN = `gAAAAAB${'aZ09-_xy'.repeat(22)}`;

test.each(['', '=', '==', '====', '=x', '=='.padEnd(9, 'x')])('a token followed by %j is the same token', (end) => {
  expect(usualSpelling(TOKEN + end)).toBe(TOKEN);
});

test('characters that are not base64 are ignored if the padding that Keystone adds fits', () => {
  expect(usualSpelling(`"${TOKEN}"`)).toBe(TOKEN);
  expect(usualSpelling(`${TOKEN}.`)).toBe(`${TOKEN}.`);
});

test('both alphabets of base64 are the same', () => {
  expect(usualSpelling(`${TOKEN.replaceAll('-', '+').replaceAll('_', '/')}=`)).toBe(TOKEN);
});

test('other texts are not changed', () => {
  expect(usualSpelling(`${TOKEN}x`)).toBe(`${TOKEN}x`);
  expect(usualSpelling('0123456789abcdef0123456789abcdef=')).toBe('0123456789abcdef0123456789abcdef=');
});
