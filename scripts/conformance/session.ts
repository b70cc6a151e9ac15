/** Logs in to a cloud, and finds the addresses of its services. */
import { type Account, APIS, type Api, PEOPLE } from './case.ts';
import { send } from './send.ts';

/** A cloud that request lists are sent to. */
export interface Target {
  /** Root of Keystone v3: `http://127.0.0.1:5000/v3`. */
  readonly identity: string;
  /** Roots of services whose address differs from the catalog. */
  readonly services?: Readonly<Partial<Record<Api, string>>>;
  /** Address of a file server for imports: it has `/image.bin` and does not have `/nothere`. */
  readonly web?: string;
  /** Accounts of the people of the lists, where they differ from the default. */
  readonly users?: Readonly<Record<string, Partial<Account>>>;
  /** Password of accounts without one; `secret` when omitted. */
  readonly password?: string;
  /** Whether tasks of this cloud end at once, so that steps wait only for background requests. */
  readonly isPrompt?: boolean;
  /** Advances the clock of the cloud, instead of waiting. */
  advance?(seconds: number): void;
}

/** A logged-in account. */
export interface LoggedIn {
  readonly token: string;
  readonly userId: string;
  readonly projectId: string | undefined;
}

/** Logged-in people, by their name in lists. */
export type People = Readonly<Record<string, LoggedIn>>;

/** A cloud with the tokens and addresses that steps need. */
export interface Session {
  readonly target: Target;
  readonly people: People;
  readonly roots: Readonly<Record<Api, string>>;
}

const SERVICE_TYPES: Readonly<Record<string, Api>> = { image: 'image', compute: 'compute' };

/** Logs in the people that all lists share. */
export async function openSession(target: Target): Promise<Session> {
  const roots: Partial<Record<Api, string>> = { identity: target.identity.replace(/\/v3\/?$/, '') };
  const people = await logInAll(PEOPLE, target, roots);
  for (const api of APIS) {
    const given = target.services?.[api];
    if (given !== undefined) roots[api] = given;
    roots[api] = (roots[api] ?? '').replace(/\/+$/, '');
  }
  return { target, people, roots: roots as Session['roots'] };
}

/**
 * Logs accounts in.
 * @param roots - receives the addresses of services from the first catalog.
 */
export async function logInAll(
  accounts: Readonly<Record<string, Account>>,
  target: Target,
  roots: Partial<Record<Api, string>>,
): Promise<People> {
  const people: Record<string, LoggedIn> = {};
  for (const [person, account] of Object.entries(accounts)) {
    const { token, body } = await logIn({ ...account, ...target.users?.[person] }, target);
    people[person] = { token, userId: body.user.id, projectId: body.project?.id };
    for (const { type, endpoints } of body.catalog ?? []) {
      const api = SERVICE_TYPES[type];
      const endpoint = endpoints.find((each) => each.interface === 'public');
      if (api !== undefined && endpoint !== undefined) roots[api] ??= rootOf(endpoint.url);
    }
  }
  return people;
}

/** The used parts of a login response. */
interface TokenBody {
  readonly user: { readonly id: string };
  readonly project?: { readonly id: string };
  readonly catalog?: readonly {
    readonly type: string;
    readonly endpoints: readonly { readonly interface: string; readonly url: string }[];
  }[];
}

/** Logs an account in. */
export async function logIn(
  account: Account,
  target: Target,
): Promise<{ readonly token: string; readonly body: TokenBody }> {
  const { user, project, password = target.password ?? 'secret' } = account;
  const domain = { name: account.domain ?? 'Default' };
  const scope = account.scope ?? (project === undefined ? undefined : { project: { name: project, domain } });
  const request = {
    auth: { identity: { methods: ['password'], password: { user: { name: user, domain, password } } }, scope },
  };
  const response = await send({
    method: 'POST',
    url: `${target.identity}/auth/tokens`,
    headers: { 'Content-Type': 'application/json' },
    body: Buffer.from(JSON.stringify(request)),
  });
  const token = response.headers['x-subject-token'];
  if (response.status !== 201 || token === undefined) {
    throw new Error(`login of ${user} at ${target.identity} returned ${response.status}`);
  }
  return { token, body: JSON.parse(response.body.toString()).token };
}

/** Removes the version, which the paths of lists contain. */
const rootOf = (endpoint: string): string => endpoint.replace(/\/v2(\.1)?(\/[0-9a-f]{32})?\/?$/, '');
