import type { Recording } from '../../recording/types.ts';
import { showRequests } from '../../state/filter.ts';
import { JsonText } from '../../ui/json.tsx';
import { RecordedImages } from './images/recorded-images.tsx';

/** The world of a recording: its images at the start, and what happened to them. */
export function RecordedWorld({ recording }: { readonly recording: Recording }) {
  const { world, start, actions, changes } = recording;
  return (
    <div class="view">
      <div class="view-title">
        <h2 class="view-name">{world.name}</h2>
        <span class="quiet">seed {world.seed}</span>
        <button type="button" class="button button-plain" onClick={() => showRequests(`world:${world.name}`)}>
          Requests
        </button>
      </div>
      <div class="callout">
        This is the world of a recording, which cannot be changed. <code>sideglance replay</code> responds as in it;
        fork, snapshot, clock and tasks need a running server.
      </div>
      <h2>Images ({new Set([...start.images, ...changes.map(({ image }) => image)].map(({ id }) => id)).size})</h2>
      <RecordedImages recording={recording} />
      {actions.length > 0 && (
        <>
          <h2>What the admin API changed ({actions.length})</h2>
          <ul class="row-list">
            {actions.map(({ after, operation, params, query, body }, index) => (
              <li key={`${after}/${index}`}>
                <b>{operation}</b>
                <span class="quiet">after request {after}</span>
                <code>
                  <JsonText text={JSON.stringify({ params, query, body })} />
                </code>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
