/**
 * Returns a suite with a test that passes and one that fails, for a test runner.
 * @param runner - `jest`, `vitest` or `node-test`.
 */
export function failingSuite(runner) {
  const isNode = runner === 'node-test';
  const matchers = isNode ? ', toHaveMet, toHaveReceived' : '';
  const expect =
    { jest: "import { expect } from '@jest/globals';", vitest: "import { expect } from 'vitest';" }[runner] ?? '';
  const check = (matcher, args) => (isNode ? `${matcher}(world, ${args});` : `expect(world).${matcher}(${args});`);
  return `import { createTest${matchers} } from 'sideglance/${runner}';
${expect}

const test = createTest();
const list = (world) => fetch(world.url + '/image/v2/images');

test('a test that passes', async ({ world }) => {
  await list(world);
  ${check('toHaveReceived', "{ operation: 'image-v2.listImages', status: 401 }, { exactly: 1 }")}
});

test('a test that fails', async ({ world }) => {
  await list(world);
  ${check('toHaveMet', "'image-v2.deleteImage', 409")}
});
`;
}
