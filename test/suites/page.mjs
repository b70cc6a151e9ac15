import { readFileSync, writeFileSync } from 'node:fs';

const PAGE = new URL('../../docs/sdk-suites.md', import.meta.url);
const HEAD = '| suite | pass with the real services | pass here | known differences |\n|---|---|---|---|\n';

/**
 * Holds the table of docs/sdk-suites.md against a run of all suites, or writes it with `--write`.
 * @param rows - for each suite its `name` and the numbers `real`, `passed` and `listed`.
 * @returns a line if the table is out of date.
 */
export function checkTable(rows) {
  const page = readFileSync(PAGE, 'utf8');
  const lines = rows.map(({ name, real, passed, listed }) => `| ${name} | ${real} | ${passed} | ${listed} |\n`);
  const expected = page.replace(/^\| suite \|.*\n(?:\|.*\n)*/m, `${HEAD}${lines.join('')}`);
  if (process.argv.includes('--write')) writeFileSync(PAGE, expected);
  return expected === page || process.argv.includes('--write')
    ? []
    : ['the table is out of date, run: npm run suites -- --write'];
}
