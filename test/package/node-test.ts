// Tests of a user of the packed package with node:test. `npm run package` compiles them.
import { createTest, toHaveMet } from 'sideglance/node-test';

const test = createTest({ server: { seed: 1 } });
test('meets a conflict', async ({ world }, t) => {
  t.diagnostic(world.name);
  toHaveMet(world, 'image-v2.deleteImage', 409);
});
test.each([404, 409])('meets %s', ({ world }, status) => toHaveMet(world, 'image-v2.deleteImage', status));
test.todo('meets the limit');
