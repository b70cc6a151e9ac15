import { InputError } from '../input/input-error.ts';

/** Name of the world of requests that select no world. */
export const DEFAULT_WORLD = 'default';

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/**
 * Checks the name of a world or snapshot.
 * @param kind - `world` or `snapshot`, for the error message.
 * @throws InputError for a name that cannot be part of a URL path.
 */
export function assertValidName(name: string, kind: string): void {
  if (NAME.test(name)) return;
  throw new InputError(kind, [
    {
      pointer: '/name',
      message: `cannot be the name of a ${kind}`,
      found: name,
      allowed: '1 to 64 letters, digits, ".", "_" and "-", starting with a letter or digit',
    },
  ]);
}
