import type { Proofs } from '../bench.ts';

/** Proofs of the rules on what is repeated. */
export const retryProofs: Proofs = {
  'retried-permanent-error': async (bench, isGood) => {
    for (let attempt = 0; attempt < (isGood ? 1 : 3); attempt += 1) {
      await bench.send('POST', '/images', { body: { name: 17 } });
      bench.wait(1);
    }
  },
  'retried-not-idempotent': async (bench, isGood) => {
    bench.arm('createImage', { cut: 'reset' });
    await bench.tryCreate('one');
    bench.wait(1);
    if (isGood) await bench.list();
    await bench.tryCreate('one');
  },
  'not-retried': async (bench, isGood) => {
    bench.arm('listImages', { answer: 503, retryAfter: 1 });
    await bench.list();
    bench.wait(1);
    if (isGood) await bench.list();
  },
  'duplicate-created': async (bench, isGood) => {
    bench.arm('createImage', { cut: 'reset' }, { phase: 'after' });
    await bench.tryCreate('one');
    bench.wait(1);
    await bench.list('?name=one');
    if (!isGood) await bench.tryCreate('one');
  },
  'conflict-retried-without-reading': async (bench, isGood) => {
    const id = await bench.create('one');
    bench.arm('deleteImage', { answer: 409 });
    await bench.remove(id);
    bench.wait(5);
    if (isGood) await bench.show(id);
    await bench.remove(id);
  },
  'fault-swallowed': async (bench, isGood) => {
    const id = await bench.create('one');
    bench.arm('deleteImage', { answer: 403 });
    await bench.remove(id);
    bench.reported = isGood ? 'failure' : 'success';
  },
};
