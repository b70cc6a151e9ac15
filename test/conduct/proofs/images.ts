import { type Bench, data, type Proofs } from '../bench.ts';

const SIZE = 100_000;

/** Creates an image with data. */
async function uploaded(bench: Bench): Promise<string> {
  const id = await bench.create('one');
  await bench.upload(id, data(SIZE));
  return id;
}

/** Proofs of the rules on images and downloads. */
export const imageProofs: Proofs = {
  'download-corruption-unnoticed': async (bench, isGood) => {
    const id = await uploaded(bench);
    bench.arm('downloadImageData', { corrupt: { flip: 7 } });
    await bench.download(id);
    if (isGood) await bench.download(id);
  },
  'download-cut-unnoticed': async (bench, isGood) => {
    const id = await uploaded(bench);
    bench.arm('downloadImageData', { cut: { after: 50_000 } });
    const { body } = await bench.download(id);
    bench.wait(1);
    if (isGood) await bench.download(id, `bytes=${body.length}-`);
  },
  'download-restarted': async (bench, isGood) => {
    const id = await uploaded(bench);
    bench.arm('downloadImageData', { cut: { after: 50_000 } });
    const { body } = await bench.download(id);
    bench.wait(1);
    await bench.download(id, isGood ? `bytes=${body.length}-` : undefined);
  },
  'range-ignored': async (bench, isGood) => {
    const id = await uploaded(bench);
    bench.world.scenarios.enable('download-without-ranges');
    await bench.download(id, 'bytes=50000-');
    if (!isGood) await bench.download(id, 'bytes=50000-');
  },
  'image-left-behind': async (bench, isGood) => {
    const id = await bench.create('one');
    bench.arm('uploadImageData', { answer: 413 });
    await bench.upload(id, data(SIZE));
    if (isGood) await bench.remove(id);
  },
  'protection-forced': async (bench, isGood) => {
    const id = await bench.create('one');
    const protect = (value: boolean) =>
      bench.send('PATCH', `/images/${id}`, {
        headers: { 'Content-Type': 'application/openstack-images-v2.1-json-patch' },
        body: [{ op: 'replace', path: '/protected', value }],
      });
    await protect(true);
    await bench.remove(id);
    if (isGood) return;
    await protect(false);
    await bench.remove(id);
  },
};
