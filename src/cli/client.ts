/** Talks to the admin API of a running Sideglance. */
export interface AdminTarget {
  readonly url: string;
  readonly world: string;
  readonly adminToken?: string;
}

/** Why a command fails: printed to stderr without a stack, unless it is empty. Exit code 1 unless it says another. */
export class CommandError extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.name = 'CommandError';
    this.exitCode = exitCode;
  }
}

export const rootOf = ({ url, world }: Pick<AdminTarget, 'url' | 'world'>): string =>
  world === 'default' ? url : `${url}/w/${encodeURIComponent(world)}`;

/**
 * Asks the admin API.
 * @returns the JSON of the answer; `undefined` for one without a body.
 * @throws CommandError for a refusal (2 for bad input) and where nothing answers.
 */
export async function ask(target: AdminTarget, method: string, path: string, body?: unknown): Promise<unknown> {
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
    throw new CommandError(`nothing answers at ${target.url}; start one with: sideglance serve`);
  }
  const text = await response.text();
  if (response.ok) return text === '' ? undefined : JSON.parse(text);
  throw new CommandError(messageOf(text) ?? `${response.status} from ${target.url}`, response.status === 400 ? 2 : 1);
}

function messageOf(text: string): string | undefined {
  try {
    return (JSON.parse(text) as { readonly error?: { readonly message?: string } }).error?.message;
  } catch {
    return undefined;
  }
}
