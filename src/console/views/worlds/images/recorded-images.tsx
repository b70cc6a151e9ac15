import type { Recording } from '../../../recording/types.ts';
import { showRequests } from '../../../state/filter.ts';
import { Scroll } from '../../../ui/scroll.tsx';

/** What is shown of a state of an image. */
interface State {
  readonly id: string;
  readonly name?: string | null;
  readonly status?: string;
  readonly visibility?: string;
}

/** The images of a recording with their states from the start to the end. */
export function RecordedImages({ recording }: { readonly recording: Recording }) {
  const states = statesOf(recording);
  return (
    <Scroll label="Images">
      <table class="table data-table">
        <thead>
          <tr>
            <th scope="col">Image</th>
            <th scope="col">States</th>
            <th scope="col">Visibility</th>
            <th scope="col">Requests</th>
          </tr>
        </thead>
        <tbody>
          {[...states].map(([id, list]) => (
            <tr key={id}>
              <th scope="row">
                {list.at(-1)?.name ?? 'no name'}
                <div class="mono quiet">{id}</div>
              </th>
              <td>{pathOf(list)}</td>
              <td>{list.at(-1)?.visibility}</td>
              <td>
                <button type="button" class="button button-plain" onClick={() => showRequests(`image:${id}`)}>
                  Show
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** The states of each image in the order in which they came; changed images first. */
function statesOf({ start, changes }: Recording): ReadonlyMap<string, readonly State[]> {
  const states = new Map<string, State[]>();
  for (const { image } of changes) states.set(image.id, []);
  for (const image of start.images) states.set(image.id, [...(states.get(image.id) ?? []), image]);
  for (const { image } of changes) states.get(image.id)?.push(image);
  return states;
}

const pathOf = (states: readonly State[]): string =>
  states
    .map(({ status = '' }) => status)
    .filter((status, index, all) => status !== all[index - 1])
    .join(' → ');
