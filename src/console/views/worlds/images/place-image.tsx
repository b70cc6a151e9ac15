import { useSignal } from '@preact/signals';
import type { PlaceImageBody } from '../../../api/types.ts';
import { Action } from '../../../ui/action.tsx';

const VISIBILITIES = ['public', 'private', 'shared', 'community'] as const;

/** A form that places an image in a world, without a request of a client. */
export function PlaceImage({ world, onDone }: { readonly world: string; readonly onDone: (id: string) => void }) {
  const name = useSignal('');
  const owner = useSignal('');
  const size = useSignal('');
  const visibility = useSignal<(typeof VISIBILITIES)[number]>('shared');
  const body: PlaceImageBody = {
    name: name.value === '' ? null : name.value,
    visibility: visibility.value,
    ...(owner.value !== '' && { owner: owner.value }),
    ...(size.value !== '' && { size: /^\d+$/.test(size.value) ? Number(size.value) : size.value }),
  };
  return (
    <form class="toolbar form-band" aria-label="Place an image" onSubmit={(event) => event.preventDefault()}>
      <label class="inline-field">
        <span>New name</span>
        <input type="text" value={name.value} onInput={(event) => (name.value = event.currentTarget.value)} />
      </label>
      <label class="inline-field">
        <span>Owner</span>
        <input
          type="text"
          placeholder="the first project"
          value={owner.value}
          onInput={(event) => (owner.value = event.currentTarget.value)}
        />
      </label>
      <label class="inline-field">
        <span>Size</span>
        <input
          type="text"
          class="short"
          placeholder="2GiB"
          value={size.value}
          onInput={(event) => (size.value = event.currentTarget.value)}
        />
      </label>
      <label class="inline-field">
        <span>Visibility</span>
        <select
          value={visibility.value}
          onChange={(event) => {
            const { value } = event.currentTarget;
            visibility.value = VISIBILITIES.find((each) => each === value) ?? 'shared';
          }}
        >
          {VISIBILITIES.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </select>
      </label>
      <Action
        id="placeImage"
        input={{ body }}
        world={world}
        kind="primary"
        submits
        done="Placed the image."
        onDone={({ id }) => onDone(id)}
      >
        Place
      </Action>
    </form>
  );
}
