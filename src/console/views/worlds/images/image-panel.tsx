import { useSignal } from '@preact/signals';
import type { DigestImageResponse, StoredImage } from '../../../api/types.ts';
import { showRequests } from '../../../state/filter.ts';
import { Action } from '../../../ui/action.tsx';
import { bytes } from '../../../ui/format.ts';
import { DataPreview } from './data-preview.tsx';
import { STATUSES } from './statuses.ts';

/** Everything about one image of a world, and what can be changed. */
export interface ImagePanelProps {
  readonly image: StoredImage;
  readonly world: string;
  readonly onClose: () => void;
}

/** One image in detail. */
export function ImagePanel({ image, world, onClose }: ImagePanelProps) {
  const params = { image_id: image.id };
  const digests = useSignal<DigestImageResponse | undefined>(undefined);
  return (
    <section class="pane" aria-label={`Image ${image.name ?? image.id}`}>
      <header class="view-title">
        <h3>{image.name ?? 'no name'}</h3>
        <button type="button" class="button button-quiet" aria-label="Close the image" onClick={onClose}>
          ×
        </button>
      </header>
      <div class="toolbar">
        <button type="button" class="button button-plain" onClick={() => showRequests(`image:${image.id}`)}>
          Requests
        </button>
        <Action
          id="digestImage"
          input={{ params, body: {} }}
          world={world}
          title="Computes the digests of its data"
          done="Computed the digests."
          onDone={(value) => (digests.value = value)}
        >
          Digests
        </Action>
        <Action
          id="changeImage"
          input={{ params, body: { protected: !image.protected } }}
          world={world}
          done={image.protected ? 'The image can be deleted.' : 'The image is protected.'}
        >
          {image.protected ? 'Unprotect' : 'Protect'}
        </Action>
        <Action
          id="removeImage"
          input={{ params }}
          world={world}
          kind="danger"
          title="Removes the image without its API, also a protected one"
          done="Removed the image."
        >
          Remove
        </Action>
      </div>
      <StatusForm image={image} world={world} />
      <Members image={image} />
      {digests.value !== undefined && (
        <Section
          title={`Digests of ${bytes(digests.value.size)} of data`}
          pairs={Object.entries(digests.value.digests)}
        />
      )}
      {image.size !== null && <DataPreview key={image.id} image={image.id} world={world} />}
      <Section title="Image" pairs={factsOf(image)} />
      {Object.keys(image.properties).length > 0 && (
        <Section title="Properties" pairs={Object.entries(image.properties)} />
      )}
    </section>
  );
}

function StatusForm({ image, world }: { readonly image: StoredImage; readonly world: string }) {
  const status = useSignal<(typeof STATUSES)[number] | undefined>(undefined);
  const shown = status.value ?? STATUSES.find((each) => each === image.status) ?? 'active';
  return (
    <form class="toolbar" aria-label="Change the status" onSubmit={(event) => event.preventDefault()}>
      <label class="inline-field">
        <span>Status</span>
        <select
          value={shown}
          onChange={(event) => {
            const { value } = event.currentTarget;
            status.value = STATUSES.find((each) => each === value);
          }}
        >
          {STATUSES.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </select>
      </label>
      <Action
        id="changeImage"
        input={{ params: { image_id: image.id }, body: { status: shown } }}
        world={world}
        done={`The image is ${shown}.`}
        onDone={() => (status.value = undefined)}
        disabled={shown === image.status}
        submits
      >
        Change
      </Action>
    </form>
  );
}

function Members({ image }: { readonly image: StoredImage }) {
  if (image.members.length === 0 && image.usedBy.length === 0) return null;
  return (
    <section>
      <h3>Members</h3>
      <ul class="plain-list">
        {image.members.map(({ project, status }) => (
          <li key={project}>
            <code>{project}</code> {status}
          </li>
        ))}
        {image.usedBy.map((server) => (
          <li key={server}>
            used by server <code>{server}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Section({
  title,
  pairs,
}: {
  readonly title: string;
  readonly pairs: readonly (readonly [name: string, text: string])[];
}) {
  return (
    <section>
      <h3>{title}</h3>
      <dl class="facts">
        {pairs.map(([name, text]) => [
          <dt key={`${name}/name`}>{name}</dt>,
          <dd key={name} class="mono">
            {text}
          </dd>,
        ])}
      </dl>
    </section>
  );
}

/** The members of an image that have a value. */
function factsOf({ members: _members, usedBy: _usedBy, properties: _properties, ...rest }: StoredImage) {
  return Object.entries(rest)
    .filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : String(value)] as const);
}
