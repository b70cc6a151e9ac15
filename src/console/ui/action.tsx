/** Buttons that change something on the server. Each has a small button beside it that shows the request as `curl`. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { type AnyInput, type InputOf, type OperationId, type OutputOf, prepare } from '../api/client.ts';
import { curlOf } from '../api/curl.ts';
import { type ActionOptions, act, copy } from '../state/actions.ts';

/** What an action does. */
export interface ActionProps<Id extends OperationId> extends ActionOptions<OutputOf<Id>> {
  readonly id: Id;
  readonly input: InputOf<Id>;
  readonly children: ComponentChildren;
  readonly title?: string;
  readonly kind?: 'plain' | 'primary' | 'danger';
  readonly disabled?: boolean;
  /** Whether Enter in a field of the form around it presses the button. */
  readonly submits?: boolean;
}

/** A button that runs an operation of the admin API. */
export function Action<Id extends OperationId>(props: ActionProps<Id>) {
  const { id, input, children, title, kind = 'plain', disabled = false, submits = false, onDone, ...options } = props;
  const isRunning = useSignal(false);
  const run = async (): Promise<void> => {
    isRunning.value = true;
    await act(id, input, { ...options, onDone });
    isRunning.value = false;
  };
  return (
    <span class="action">
      <button
        type={submits ? 'submit' : 'button'}
        class={`button button-${kind}`}
        title={title}
        disabled={disabled || isRunning.value}
        onClick={() => void run()}
      >
        {children}
      </button>
      <CurlButton id={id} input={input} world={options.world} />
    </span>
  );
}

/** A small button that copies a request of the admin API as `curl`. */
export function CurlButton<Id extends OperationId>(props: {
  readonly id: Id;
  readonly input: InputOf<Id>;
  readonly world?: string | undefined;
}) {
  const text = curlOf(prepare(props.id, props.input as AnyInput, props.world));
  return (
    <button
      type="button"
      class="curl"
      title={text}
      aria-label={`Copy ${props.id} as curl`}
      onClick={() => void copy(text, 'the curl command')}
    >
      $
    </button>
  );
}
