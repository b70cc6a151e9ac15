import { data, type Proof, type Proofs } from '../bench.ts';

const SIZE = 100_000;

/** Sends other data after a failed upload. */
const retriedWith =
  (other: Buffer): Proof =>
  async (bench, isGood) => {
    const id = await bench.create('one');
    bench.arm('uploadImageData', { answer: 503, retryAfter: 1 });
    await bench.upload(id, data(SIZE));
    bench.wait(1);
    await bench.upload(id, isGood ? data(SIZE) : other);
  };

/** Proofs of the rules on uploads. */
export const uploadProofs: Proofs = {
  'retry-body-cut-short': retriedWith(data(SIZE / 2)),
  'retry-body-changed': retriedWith(data(SIZE, 'other data ')),
  'chunked-where-refused': async (bench, isGood) => {
    const id = await bench.create('one');
    const match = { operation: 'image-v2.uploadImageData', header: { 'transfer-encoding': '*' } };
    bench.arm('uploadImageData', { answer: 411 }, { match, calls: {} });
    await bench.upload(id, data(SIZE), { isChunked: true });
    await bench.upload(id, data(SIZE), { isChunked: !isGood });
    if (!isGood) await bench.remove(id);
  },
  'uploaded-again-though-active': async (bench, isGood) => {
    const id = await bench.create('one');
    await bench.upload(id, data(SIZE));
    if (!isGood) await bench.upload(id, data(SIZE));
  },
  'upload-cut-short': async (bench, isGood) => {
    const id = await bench.create('one');
    await bench.upload(id, data(SIZE), isGood ? {} : { leavesAfter: SIZE / 2 });
    await bench.uploadEnded();
  },
  'expect-continue-abandoned': async (bench, isGood) => {
    const id = await bench.create('one');
    const headers = { Expect: '100-continue' };
    await bench.upload(id, data(SIZE), isGood ? { headers } : { headers, leavesAfter: 0 });
    await bench.uploadEnded();
  },
};
