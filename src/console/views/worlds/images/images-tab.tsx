import { useSignal } from '@preact/signals';
import type { ListImagesQuery, StoredImage } from '../../../api/types.ts';
import { useLiveResource } from '../../../state/resource.ts';
import { CurlButton } from '../../../ui/action.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { bytes } from '../../../ui/format.ts';
import { ImagePanel } from './image-panel.tsx';
import { PlaceImage } from './place-image.tsx';
import { STATUSES } from './statuses.ts';

/** Images on a page. */
const PAGE = 50;

/** The images of a world, by id, with filters; one of them in detail. */
export function ImagesTab({ world }: { readonly world: string }) {
  const name = useSignal('');
  const status = useSignal('');
  const selected = useSignal<string | undefined>(undefined);
  const isPlacing = useSignal(false);
  /** The `after` of each page up to the current one. */
  const pages = useSignal<readonly string[]>([]);
  const after = pages.value.at(-1);
  const query: ListImagesQuery = {
    limit: PAGE,
    ...(name.value !== '' && { name: name.value }),
    ...(isStatus(status.value) && { status: status.value }),
    ...(after !== undefined && { after }),
  };
  const { value, error } = useLiveResource('listImages', { query }, world);
  const images = value.value?.images ?? [];
  const next = value.value?.next ?? null;
  const shown = images.find(({ id }) => id === selected.value);
  return (
    <>
      <div class="toolbar">
        <label class="inline-field">
          <span>Name</span>
          <input
            type="search"
            data-search
            placeholder="whole name"
            value={name.value}
            onInput={(event) => {
              name.value = event.currentTarget.value;
              pages.value = [];
            }}
          />
        </label>
        <label class="inline-field">
          <span>Status</span>
          <select
            value={status.value}
            onChange={(event) => {
              status.value = event.currentTarget.value;
              pages.value = [];
            }}
          >
            <option value="">any</option>
            {STATUSES.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </label>
        <button
          type="button"
          class="button button-plain"
          aria-expanded={isPlacing.value}
          onClick={() => (isPlacing.value = !isPlacing.value)}
        >
          Place an image
        </button>
        <Pager pages={pages.value} next={next} onChange={(value) => (pages.value = value)} />
        <CurlButton id="listImages" input={{ query }} world={world} />
      </div>
      {isPlacing.value && <PlaceImage world={world} onDone={(id) => (selected.value = id)} />}
      {error.value !== undefined && <div class="callout callout-error">{error.value}</div>}
      {value.value !== undefined && images.length === 0 && <Empty>No image of this world matches.</Empty>}
      <div class={shown === undefined ? 'panes' : 'panes has-pane'}>
        {images.length > 0 && (
          <ImageTable images={images} selected={selected.value} onSelect={(id) => (selected.value = id)} />
        )}
        {shown !== undefined && (
          <ImagePanel key={shown.id} image={shown} world={world} onClose={() => (selected.value = undefined)} />
        )}
      </div>
    </>
  );
}

const isStatus = (text: string): text is (typeof STATUSES)[number] => STATUSES.some((status) => status === text);

interface PagerProps {
  readonly pages: readonly string[];
  readonly next: string | null;
  readonly onChange: (pages: readonly string[]) => void;
}

function Pager({ pages, next, onChange }: PagerProps) {
  if (pages.length === 0 && next === null) return null;
  return (
    <span class="toolbar">
      <button
        type="button"
        class="button button-plain"
        disabled={pages.length === 0}
        onClick={() => onChange(pages.slice(0, -1))}
      >
        Previous
      </button>
      <button
        type="button"
        class="button button-plain"
        disabled={next === null}
        onClick={() => onChange([...pages, next ?? ''])}
      >
        Next
      </button>
    </span>
  );
}

interface TableProps {
  readonly images: readonly StoredImage[];
  readonly selected: string | undefined;
  readonly onSelect: (id: string) => void;
}

function ImageTable({ images, selected, onSelect }: TableProps) {
  return (
    <div class="table-scroll pane-list">
      <table class="table data-table image-table">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Status</th>
            <th scope="col">Visibility</th>
            <th scope="col" class="number">
              Size
            </th>
            <th scope="col">Format</th>
            <th scope="col">Members</th>
            <th scope="col">Updated</th>
          </tr>
        </thead>
        <tbody>
          {images.map((image) => (
            <tr key={image.id} class={image.id === selected ? 'is-selected' : undefined}>
              <th scope="row">
                <button type="button" class="link" title={image.id} onClick={() => onSelect(image.id)}>
                  {image.name ?? image.id}
                </button>
              </th>
              <td>
                <span class={`word word-${image.status}`}>{image.status}</span>
              </td>
              <td>
                {image.visibility}
                {image.protected && ', protected'}
                {image.hidden && ', hidden'}
              </td>
              <td class="number">{image.size === null ? '—' : bytes(image.size)}</td>
              <td>{image.diskFormat ?? '—'}</td>
              <td>{image.members.length === 0 ? '—' : image.members.length}</td>
              <td class="mono">{image.updatedAt.replace('T', ' ').slice(0, 19)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
