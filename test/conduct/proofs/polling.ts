import type { Proofs } from '../bench.ts';

/** Proofs of the rules on polling. */
export const pollingProofs: Proofs = {
  'polled-too-often': async (bench, isGood) => {
    const id = await bench.create('one');
    for (let poll = 0; poll < 12; poll += 1) {
      await bench.show(id);
      bench.wait(isGood ? 1 : 0);
    }
  },
  'never-stopped-polling': async (bench, isGood) => {
    const id = await bench.create('one');
    await bench.show(id);
    bench.world.images.change(id, { status: 'killed' });
    for (let poll = 0; poll < (isGood ? 1 : 6); poll += 1) {
      bench.wait(2);
      await bench.show(id);
    }
  },
};
