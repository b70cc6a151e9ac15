/** Values of the admin API that a view shows, and reads again after actions. */
import { effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { call, type InputOf, type OperationId, type OutputOf } from '../api/client.ts';
import { session } from '../session/session.ts';
import { actionsDone, messageOf } from './actions.ts';

/** A value that is read from the server. */
export interface Resource<Value> {
  /** `undefined` until the first response. */
  readonly value: ReadonlySignal<Value | undefined>;
  /** Why the last attempt failed. */
  readonly error: ReadonlySignal<string | undefined>;
  /** Reads the value again. */
  reload(): Promise<void>;
}

/** Reads the response of an operation; again whenever its input or the world changes. */
export function useResource<Id extends OperationId>(
  id: Id,
  input: InputOf<Id>,
  world?: string,
): Resource<OutputOf<Id>> {
  const key = JSON.stringify([id, input, world]);
  const resource = useMemo(() => {
    const value: Signal<OutputOf<Id> | undefined> = signal(undefined);
    const error: Signal<string | undefined> = signal(undefined);
    const reload = async (): Promise<void> => {
      try {
        value.value = await call(id, input, world);
        error.value = undefined;
      } catch (problem) {
        error.value = messageOf(problem);
      }
    };
    return { value, error, reload };
  }, [key]);
  useEffect(() => void resource.reload(), [resource]);
  return resource;
}

/** Time from a change to the next read, in milliseconds: requests that arrive together cause one read. */
const DELAY = 250;
/** Time after which a value is read again without a known change, in milliseconds: others may use the admin API too. */
const POLL = 3000;

/**
 * Like `useResource`; reads again after actions and requests, and from time to time while the page is visible.
 * @param every - milliseconds between two reads.
 */
export function useLiveResource<Id extends OperationId>(
  id: Id,
  input: InputOf<Id>,
  world?: string,
  every = POLL,
): Resource<OutputOf<Id>> {
  const resource = useResource(id, input, world);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isFirst = true;
    const change = (): void => {
      if (isFirst) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        void resource.reload();
      }, DELAY);
    };
    const stop = effect(() => {
      void actionsDone.value;
      void session.value?.entries.version.value;
      change();
      isFirst = false;
    });
    const poll = setInterval(() => {
      if (document.visibilityState === 'visible') change();
    }, every);
    return () => {
      stop();
      clearInterval(poll);
      clearTimeout(timer);
    };
  }, [resource]);
  return resource;
}
