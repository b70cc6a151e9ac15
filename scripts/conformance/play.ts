import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Account,
  type Answer,
  APIS,
  type Api,
  type CaseFile,
  expand,
  PEOPLE,
  type RecordedStep,
  type Step,
} from './case.ts';
import { normalise } from './normalise.ts';
import { type Received, send } from './send.ts';

/** A cloud that gets request lists. */
export interface Target {
  /** Root of Keystone v3: `http://127.0.0.1:5000/v3`. */
  readonly identity: string;
  /** Roots of services whose address differs from the catalogue. */
  readonly services?: Readonly<Partial<Record<Api, string>>>;
  /** Address of a file server for imports: it has `/image.bin` and does not have `/nothere`. */
  readonly web?: string;
  /** Accounts of the people of the lists, where they differ from the default. */
  readonly users?: Readonly<Record<string, Partial<Account>>>;
  /** Password of accounts without one; `secret` when omitted. */
  readonly password?: string;
  /** Whether everything happens at once in this cloud, so that steps wait only for background requests. */
  readonly isPrompt?: boolean;
  /** Advances the clock of the cloud, instead of waiting. */
  advance?(seconds: number): void;
}

interface LoggedIn {
  readonly token: string;
  readonly userId: string;
  readonly projectId: string | undefined;
}

type People = Readonly<Record<string, LoggedIn>>;

/** A cloud with the tokens and addresses that steps need. */
export interface Session {
  readonly target: Target;
  readonly people: People;
  readonly roots: Readonly<Record<Api, string>>;
}

const SERVICE_TYPES: Readonly<Record<string, Api>> = { image: 'image', compute: 'compute' };

/** Logs in the people that all lists share. */
export async function enter(target: Target): Promise<Session> {
  const roots: Partial<Record<Api, string>> = { identity: target.identity.replace(/\/v3\/?$/, '') };
  const people = await logInAll(PEOPLE, target, roots);
  for (const api of APIS) {
    const given = target.services?.[api];
    if (given !== undefined) roots[api] = given;
    roots[api] = (roots[api] ?? '').replace(/\/+$/, '');
  }
  return { target, people, roots: roots as Session['roots'] };
}

/** @param roots - gets the addresses of services from the first catalogue. */
async function logInAll(
  accounts: Readonly<Record<string, Account>>,
  target: Target,
  roots: Partial<Record<Api, string>>,
): Promise<People> {
  const people: Record<string, LoggedIn> = {};
  for (const [person, account] of Object.entries(accounts)) {
    const { token, given } = await logIn({ ...account, ...target.users?.[person] }, target);
    people[person] = { token, userId: given.user.id, projectId: given.project?.id };
    for (const { type, endpoints } of given.catalog ?? []) {
      const api = SERVICE_TYPES[type];
      const endpoint = endpoints.find((each) => each.interface === 'public');
      if (api !== undefined && endpoint !== undefined) roots[api] ??= rootOf(endpoint.url);
    }
  }
  return people;
}

/** The used parts of a log-in response. */
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
): Promise<{ readonly token: string; readonly given: TokenBody }> {
  const { user, project, password = target.password ?? 'secret' } = account;
  const domain = { name: account.domain ?? 'Default' };
  const scope = account.scope ?? (project === undefined ? undefined : { project: { name: project, domain } });
  const body = {
    auth: { identity: { methods: ['password'], password: { user: { name: user, domain, password } } }, scope },
  };
  const answer = await send({
    method: 'POST',
    url: `${target.identity}/auth/tokens`,
    headers: { 'Content-Type': 'application/json' },
    body: Buffer.from(JSON.stringify(body)),
  });
  const token = answer.headers['x-subject-token'];
  if (answer.status !== 201 || token === undefined) {
    throw new Error(`log-in of ${user} at ${target.identity} returned ${answer.status}`);
  }
  return { token, given: JSON.parse(answer.body.toString()).token };
}

/** Removes the version, which the paths of lists contain. */
const rootOf = (endpoint: string): string => endpoint.replace(/\/v2(\.1)?(\/[0-9a-f]{32})?\/?$/, '');

/** Sends a request list and returns the responses, in the order of the steps. */
export async function play(file: CaseFile, session: Session): Promise<readonly RecordedStep[]> {
  const people = { ...session.people, ...(await logInAll(file.people ?? {}, session.target, {})) };
  const player = new Player({ ...session, people });
  const answers: Promise<RecordedStep | undefined>[] = [];
  for (const step of file.steps) {
    const answer = player
      .run(step)
      .then((response) => (step.cleanup === true ? undefined : { id: step.id, answer: response }));
    answers.push(answer);
    // Later steps run while a background step waits.
    if (step.background === undefined) await answer;
    else await sleep(150);
  }
  player.sendRest();
  const steps = await Promise.all(answers);
  return steps.filter((step) => step !== undefined);
}

class Player {
  readonly #session: Session;
  readonly #values = new Map<string, string>();
  /** Background requests without a response yet. */
  readonly #background: Promise<unknown>[] = [];
  readonly #waiting: (() => void)[] = [];

  constructor(session: Session) {
    this.#session = session;
    const { people, target } = session;
    for (const [person, { userId, projectId, token }] of Object.entries(people)) {
      if (projectId !== undefined) this.#values.set(`project_${person}`, projectId);
      this.#values.set(`user_${person}`, userId);
      this.#values.set(`token_${person}`, token);
    }
    this.#values.set('nil', '00000000-0000-0000-0000-000000000000');
    this.#values.set('web', target.web ?? 'http://127.0.0.1:9393');
    for (let n = 1; n <= 9; n += 1) {
      const digit = String(n);
      const run = (length: number): string => digit.repeat(length);
      this.#values.set(`uuid${n}`, `${run(8)}-${run(4)}-4${run(3)}-8${run(3)}-${run(12)}`);
    }
  }

  /** Sends the second halves of all background bodies. */
  sendRest(): void {
    for (const release of this.#waiting.splice(0)) release();
  }

  async run(step: Step): Promise<Answer> {
    const { isPrompt } = this.#session.target;
    if (step.wait !== undefined) {
      this.sendRest();
      await (isPrompt === true ? Promise.all(this.#background) : sleep(step.wait * 1000));
      this.#session.target.advance?.(step.wait);
    }
    const first = this.#send(step);
    if (step.background !== undefined) this.#background.push(first);
    let received = await first;
    // Some services reset connections; such a request is sent again.
    for (let again = 0; again < 3 && received.status === 0; again += 1) {
      await sleep(500);
      received = await this.#send(step);
    }
    if (step.poll !== undefined) {
      const { field, is, seconds = 20 } = step.poll;
      const end = Date.now() + seconds * 1000;
      // A missing member counts as null.
      while (!is.includes(memberOf(received, field) ?? null) && Date.now() < end) {
        await sleep(isPrompt === true ? 1 : 100);
        received = await this.#send(step);
      }
    }
    for (const [name, path] of Object.entries(step.save ?? {})) {
      const found = memberOf(received, path);
      if (found !== undefined) this.#values.set(name, String(found));
    }
    for (const [name, header] of Object.entries(step.save_header ?? {})) {
      const found = received.headers[header.toLowerCase()];
      if (found !== undefined) this.#values.set(name, String(found));
    }
    return normalise(received, this.#names());
  }

  #send(step: Step): Promise<Received> {
    const { as = 'demo', api = 'image', method, background } = step;
    const body = this.#bodyOf(step);
    const headers: Record<string, string> = {};
    if (as === 'bad') headers['X-Auth-Token'] = 'no-such-token';
    else if (as !== 'none') headers['X-Auth-Token'] = this.#tokenOf(as);
    if (step.json !== undefined) headers['Content-Type'] = 'application/json';
    for (const [name, text] of Object.entries(step.headers ?? {})) {
      if (text === null) delete headers[name];
      else headers[name] = this.#fill(text);
    }
    return send({
      method,
      url: this.#session.roots[api] + this.#fill(step.path),
      headers,
      ...(body !== undefined && { body }),
      ...(step.chunked === true && { isChunked: true }),
      ...(background !== undefined && { restAfter: this.#restAfter(background) }),
    });
  }

  /** Resolves when the rest of a body is due: after some seconds, or when the list waits. */
  #restAfter(seconds: number): Promise<unknown> {
    if (this.#session.target.isPrompt !== true) return sleep(seconds * 1000);
    return new Promise<void>((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  #bodyOf({ json, text, bytes }: Step): Buffer | undefined {
    if (bytes !== undefined) return Buffer.alloc(bytes, 'x');
    if (text !== undefined) return Buffer.from(this.#fill(text));
    if (json === undefined) return undefined;
    // Placeholders are replaced in the text, where half a surrogate pair is still an escape.
    return Buffer.from(this.#fill(JSON.stringify(expand(json))));
  }

  #tokenOf(person: string): string {
    const account = this.#session.people[person];
    if (account === undefined) throw new Error(`Unknown person "${person}".`);
    return account.token;
  }

  #fill(text: string): string {
    return text.replaceAll(
      /\{([a-z]\w*)\}/gi,
      (whole, name: string) => this.#values.get(name) ?? timeNamed(name) ?? whole,
    );
  }

  /** Longest first, so that an address is replaced before its parts. */
  #names(): ReadonlyMap<string, string> {
    const { roots } = this.#session;
    const pairs: [string, string][] = [...this.#values].map(([name, found]) => [found, `{${name}}`]);
    for (const [api, root] of Object.entries(roots)) if (root !== '') pairs.push([root, `{${api}}`]);
    return new Map(pairs.filter(([found]) => found.length > 8).sort(([a], [b]) => b.length - a.length));
  }
}

/** Returns the time for `in_9_seconds`, with microseconds and without a zone, as Keystone writes it. */
function timeNamed(name: string): string | undefined {
  const [, seconds] = /^in_(\d+)_seconds$/.exec(name) ?? [];
  return seconds === undefined
    ? undefined
    : `${new Date(Date.now() + Number(seconds) * 1000).toISOString().slice(0, -1)}000`;
}

function memberOf({ body }: Received, path: string): unknown {
  try {
    let found: unknown = JSON.parse(body.toString());
    for (const part of path.split('.')) found = (found as Readonly<Record<string, unknown>> | null)?.[part];
    return found;
  } catch {
    return undefined;
  }
}
