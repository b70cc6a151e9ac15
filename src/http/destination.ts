import type { Mount, Routes } from '../dialects/routes.ts';
import type { Address } from './address.ts';

/** The mount that serves a request, and its address below it. */
export interface Destination {
  readonly mount: Mount;
  /** The path with the mount, as sent. */
  readonly path: string;
  /** The path below the mount, decoded by the service; `undefined` if it cannot decode it. */
  readonly below: string | undefined;
  /** Absolute address of the mount, without a trailing slash. */
  readonly base: string;
}

/** The path of a request whose scheme and host the service takes for the start of the path. No operation is there. */
const NOWHERE = '/http:';

/**
 * Finds the mount of a request.
 * @param ownMount - the mount of the port, if the port belongs to one dialect.
 */
export function destinationOf(
  { path, root, isAbsolute, isExternal }: Address,
  ownMount: string | undefined,
  routes: Routes,
): Destination | undefined {
  const named = mountAt(path, routes);
  // Links follow the Host header, so the port of one dialect also receives requests for the mounts of the others.
  const isOwn = named === undefined && ownMount !== undefined;
  const whole = isOwn ? ownMount + path : path;
  const mount = isOwn ? mountAt(whole, routes) : named;
  if (mount === undefined) return undefined;
  const { decoding } = mount.dialect;
  return {
    mount,
    path: whole,
    below: isAbsolute && !decoding.acceptsAbsoluteForm ? NOWHERE : decoding.path(whole.slice(mount.path.length) || '/'),
    // An external address leads to the common port, where all mounts have their own path.
    base: isOwn && !isExternal ? root : root + mount.path,
  };
}

/** Whether a path is `top` or below it. */
export const isBelow = (path: string, top: string): boolean =>
  path.startsWith(top) && (path.length === top.length || path[top.length] === '/');

const mountAt = (path: string, { mounts }: Routes): Mount | undefined =>
  mounts.find((mount) => isBelow(path, mount.path));
