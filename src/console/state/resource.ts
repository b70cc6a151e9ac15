/** Values of the admin API that a view shows, and reads again after actions. */
import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { call, type InputOf, type OperationId, type OutputOf } from '../api/client.ts';
import { messageOf } from './actions.ts';

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
