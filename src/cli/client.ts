import { type AdminInputOf, type AdminOperationId, type AdminOutputOf, adminRequest } from '../index.ts';

/** A world of a running Sideglance. */
export interface AdminTarget {
  /** Address of the Sideglance, without a trailing slash. */
  readonly url: string;
  readonly world: string;
  readonly adminToken?: string;
}

/** Why a command fails: printed to stderr without a stack, unless it is empty. Exit code 1 unless it has another. */
export class CommandError extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.name = 'CommandError';
    this.exitCode = exitCode;
  }
}

/** Exit code after a signal, as shells have it for SIGINT. */
export const INTERRUPTED = 130;

/** Returns the address of a world's root. */
export const rootOf = ({ url, world }: Pick<AdminTarget, 'url' | 'world'>): string =>
  world === 'default' ? url : `${url}/w/${encodeURIComponent(world)}`;

/**
 * Sends an operation to the admin API.
 * @returns the body of the response; `undefined` for a response without a body.
 * @throws CommandError for an error response (exit code 2 for bad input) and when the server cannot be reached.
 */
export async function callAdmin<Id extends AdminOperationId>(
  target: AdminTarget,
  id: Id,
  input: AdminInputOf<Id>,
): Promise<AdminOutputOf<Id>> {
  const { method, path, body } = adminRequest(id, input);
  let response: Response;
  try {
    response = await fetch(`${rootOf(target)}/__admin${path}`, {
      method,
      headers: {
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...(target.adminToken !== undefined && { Authorization: `Bearer ${target.adminToken}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  } catch {
    throw new CommandError(`cannot reach ${target.url}; start a server with: sideglance serve`);
  }
  const text = await response.text();
  if (response.ok) return (text === '' ? undefined : JSON.parse(text)) as AdminOutputOf<Id>;
  throw new CommandError(messageOf(text) ?? `${response.status} from ${target.url}`, response.status === 400 ? 2 : 1);
}

function messageOf(text: string): string | undefined {
  try {
    return (JSON.parse(text) as { readonly error?: { readonly message?: string } }).error?.message;
  } catch {
    return undefined;
  }
}
