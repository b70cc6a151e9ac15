import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ImageStates, Session, SessionEntry } from '../../../session/session.ts';
import { messageOf } from '../../../state/actions.ts';
import { showRequests } from '../../../state/filter.ts';

/** The image that a request concerned, before and after it. */
export function ImageTab({ entry, session }: { readonly entry: SessionEntry; readonly session: Session }) {
  const states = useSignal<ImageStates | undefined>(undefined);
  const problem = useSignal<string | undefined>(undefined);
  useEffect(() => {
    session.imageStates(entry).then(
      (value) => {
        states.value = value;
      },
      (error: unknown) => {
        problem.value = messageOf(error);
      },
    );
  }, [entry, session]);
  if (problem.value !== undefined) return <div class="callout callout-error">{problem.value}</div>;
  if (states.value === undefined) return null;
  const { image } = states.value;
  const [before, after] = [flat(states.value.before), flat(states.value.after)];
  return (
    <div class="image-states">
      <p class="lead">
        {sentenceOf(before, after)}{' '}
        <button type="button" class="button button-plain" onClick={() => showRequests(`image:${image}`)}>
          All requests for this image
        </button>
      </p>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">Member</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
          </tr>
        </thead>
        <tbody>
          {namesOf(before, after).map((name) => {
            const [one, other] = [textOf(before, name), textOf(after, name)];
            return (
              <tr key={name} class={one === other ? undefined : 'is-changed'}>
                <th scope="row">{name}</th>
                <td>{one}</td>
                <td>{other}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** The members of an image in one list: each of its properties is a row. */
type State = Readonly<Record<string, unknown>> | null;

function flat(image: ImageStates['before']): State {
  if (image === null) return null;
  const { properties, ...members } = image as Readonly<Record<string, unknown>>;
  const isObject = typeof properties === 'object' && properties !== null;
  return {
    ...members,
    ...Object.fromEntries(
      Object.entries(isObject ? properties : {}).map(([name, value]) => [`properties.${name}`, value]),
    ),
  };
}

function sentenceOf(before: State, after: State): string {
  if (before === null) return after === null ? 'The image did not exist.' : 'The request created the image.';
  if (after === null) return 'The image does not exist any more.';
  const changed = namesOf(before, after).filter((name) => textOf(before, name) !== textOf(after, name));
  return changed.length === 0 ? 'The request did not change the image.' : `Changed: ${changed.join(', ')}.`;
}

/** Names of all members, those that changed first. */
function namesOf(before: State, after: State): readonly string[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  const isChanged = (name: string): number => Number(textOf(before, name) !== textOf(after, name));
  return names.sort((one, other) => isChanged(other) - isChanged(one));
}

function textOf(state: State, name: string): string {
  const value = state?.[name];
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
