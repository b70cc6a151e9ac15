import { useSignal } from '@preact/signals';
import { call } from '../../../api/client.ts';
import type { ReadImageDataResponse } from '../../../api/types.ts';
import { messageOf } from '../../../state/actions.ts';
import { CurlButton } from '../../../ui/action.tsx';
import { bytes } from '../../../ui/format.ts';
import { hexDump } from '../../../ui/hex.ts';

/** Bytes that are shown at once. */
const LENGTH = 512;

/** The data of an image, a part at a time, with the format that is detected in it. */
export function DataPreview({ image, world }: { readonly image: string; readonly world: string }) {
  const shown = useSignal<ReadImageDataResponse | undefined>(undefined);
  const problem = useSignal<string | undefined>(undefined);
  const inputAt = (start: number) => ({ params: { image_id: image }, query: { start, length: LENGTH } });
  const read = async (start: number): Promise<void> => {
    problem.value = undefined;
    try {
      shown.value = await call('readImageData', inputAt(start), world);
    } catch (error) {
      problem.value = messageOf(error);
    }
  };
  const data = shown.value;
  const start = data?.start ?? 0;
  return (
    <section aria-label="Data">
      <div class="toolbar">
        <span class="action">
          <button type="button" class="button button-plain" onClick={() => void read(start)}>
            {data === undefined ? 'Show the data' : 'Read again'}
          </button>
          <CurlButton id="readImageData" input={inputAt(start)} world={world} />
        </span>
        {data !== undefined && (
          <>
            <button
              type="button"
              class="button button-plain"
              disabled={start === 0}
              onClick={() => void read(Math.max(0, start - LENGTH))}
            >
              Back
            </button>
            <button
              type="button"
              class="button button-plain"
              disabled={start + LENGTH >= data.size}
              onClick={() => void read(start + LENGTH)}
            >
              Next
            </button>
          </>
        )}
      </div>
      {problem.value !== undefined && <div class="callout callout-error">{problem.value}</div>}
      {data !== undefined && (
        <>
          <p>
            {bytes(data.size)}, detected format <b>{data.format}</b> with a disk of {bytes(data.virtualSize)}
          </p>
          <pre class="block">{data.base64 === '' ? 'no bytes' : hexDump(data.base64, start)}</pre>
        </>
      )}
    </section>
  );
}
