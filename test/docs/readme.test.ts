import { expect, test } from '@jest/globals';
import { DIALECTS } from '../../src/dialects/index.ts';
import { readPage } from '../support/docs/markdown.ts';

const README = readPage('README.md');

test('README.md says how many scenarios are shipped, as the generated list of them', () => {
  const [, count] = /^This page lists (\d+) scenarios/m.exec(readPage('docs/scenario-library.md')) ?? [];
  expect(README).toContain(`one of ${count} shipped scenarios`);
});

test('README.md lists every API with its path', () => {
  const rows = DIALECTS.map(({ name, contract }) => ({
    mount: contract.mount,
    row: README.split('\n').find((line) => line.startsWith(`| [\`${name}\`](docs/`)),
  }));
  for (const { row, mount } of rows) expect(row).toContain(`\`${mount}\``);
});
