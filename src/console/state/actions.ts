/** Actions on the server: each says what it did, or why it failed, and shows its `curl`. */
import { signal } from '@preact/signals';
import {
  type AnyInput,
  ApiError,
  call,
  type InputOf,
  type OperationId,
  type OutputOf,
  prepare,
} from '../api/client.ts';
import { curlOf } from '../api/curl.ts';
import { asLive } from '../session/live.ts';
import { session } from '../session/session.ts';

/** A message about an action. */
export interface Notice {
  readonly id: number;
  readonly isError: boolean;
  readonly text: string;
  /** Places in the input that are not valid. */
  readonly issues: readonly string[];
  readonly curl?: string;
}

/** The messages that are shown. */
export const notices = signal<readonly Notice[]>([]);

/** Time for which a message without an error is shown, in milliseconds. */
const SHOWN_FOR = 5000;

/** How many actions of this page have succeeded: what they may have changed is read again. */
export const actionsDone = signal(0);

let lastId = 0;

/** Shows a message. */
export function notify(notice: Omit<Notice, 'id' | 'issues'> & { readonly issues?: readonly string[] }): void {
  lastId += 1;
  const id = lastId;
  notices.value = [...notices.peek().slice(-3), { issues: [], ...notice, id }];
  if (!notice.isError) setTimeout(() => dismiss(id), SHOWN_FOR);
}

/** Removes a message. */
export function dismiss(id: number): void {
  notices.value = notices.peek().filter((notice) => notice.id !== id);
}

/** What an action is about. */
export interface ActionOptions<Output> {
  /** The world whose admin API receives the request; that of the page when omitted. */
  readonly world?: string | undefined;
  /** What is said when it succeeded; the id of the operation when omitted. */
  readonly done?: string | undefined;
  /** Is called with the response once the action has succeeded. */
  readonly onDone?: ((output: Output) => void) | undefined;
}

/** Runs an operation and says what it did, or why it failed. Returns whether it succeeded. */
export async function act<Id extends OperationId>(
  id: Id,
  input: InputOf<Id>,
  { world, done = id, onDone }: ActionOptions<OutputOf<Id>> = {},
): Promise<boolean> {
  const curl = curlOf(prepare(id, input as AnyInput, world));
  try {
    const output = await call(id, input, world);
    notify({ isError: false, text: done, curl });
    asLive(session.peek())?.readHistory();
    actionsDone.value += 1;
    onDone?.(output);
    return true;
  } catch (error) {
    notify({ isError: true, text: messageOf(error), issues: issuesOf(error), curl });
    return false;
  }
}

/** The message of an error. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What is wrong, place by place, with what was found and what is allowed. */
export function issuesOf(error: unknown): readonly string[] {
  if (!(error instanceof ApiError)) return [];
  return (error.details?.issues ?? []).map(({ pointer = '', message = '', value, allowed }) =>
    [
      `${pointer === '' ? '' : `${pointer}: `}${message}`,
      ...(value === undefined ? [] : [`found ${JSON.stringify(value)}`]),
      ...(allowed === undefined ? [] : [`allowed: ${[allowed].flat().join(', ')}`]),
    ].join('; '),
  );
}

/** Copies a text, and says so. */
export async function copy(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    notify({ isError: false, text: `Copied ${what}.` });
  } catch {
    notify({ isError: true, text: `The browser does not let the page copy. ${what}:`, issues: [text] });
  }
}
