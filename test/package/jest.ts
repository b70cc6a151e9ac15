// Tests of a user of the packed package with Jest. `npm run package` compiles them.
import { expect } from '@jest/globals';
import { createTest } from 'sideglance/jest';

const test = createTest();
test('meets a conflict', async ({ world }) => {
  expect(world).toHaveMet('image-v2.deleteImage', 409);
});
