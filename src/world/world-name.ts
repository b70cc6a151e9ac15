import { InputError } from '../input/input-error.ts';

/** Name of the world that requests reach when they name none. */
export const DEFAULT_WORLD = 'default';

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/**
 * Checks the name of a world or snapshot.
 * @param kind - what the name is for: `world` or `snapshot`.
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
