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

/** A cloud to play request lists against. */
export interface Target {
  /** Root of Keystone v3: `http://127.0.0.1:5000/v3`. */
  readonly identity: string;
  /** Roots of services that are not where the catalogue says. */
  readonly services?: Readonly<Partial<Record<Api, string>>>;
  /** Address of a file server from which images may be imported: `/image.bin` is there, `/nothere` not. */
  readonly web?: string;
  /** Who the people of the lists are, where they are not called as usual. */
  readonly users?: Readonly<Record<string, Partial<Account>>>;
  /** Password of those who have none of their own. */
  readonly password?: string;
  /** Waits for nothing but what goes on in the background, for a cloud in which everything happens at once. */
  readonly isPrompt?: boolean;
  /** Lets so many seconds pass, where nobody has to wait for that. */
  pass?(seconds: number): void;
}

interface LoggedIn {
  readonly token: string;
  readonly userId: string;
  readonly projectId: string | undefined;
}

type People = Readonly<Record<string, LoggedIn>>;

/** What is known of a cloud once everybody has logged in. */
export interface Known {
  readonly target: Target;
  readonly people: People;
  readonly roots: Readonly<Record<Api, string>>;
}

const SERVICE_TYPES: Readonly<Record<string, Api>> = { image: 'image', compute: 'compute' };

/** Logs in everybody whom all lists know. */
export async function enter(target: Target): Promise<Known> {
  const roots: Partial<Record<Api, string>> = { identity: target.identity.replace(/\/v3\/?$/, '') };
  const people = await logInAll(PEOPLE, target, roots);
  for (const api of APIS) {
    const given = target.services?.[api];
    if (given !== undefined) roots[api] = given;
    roots[api] = (roots[api] ?? '').replace(/\/+$/, '');
  }
  return { target, people, roots: roots as Known['roots'] };
}

/** @param roots - takes the addresses of services that the first catalogue names. */
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

/** What the answer to a log-in says, as far as it is of use here. */
interface GivenToken {
  readonly user: { readonly id: string };
  readonly project?: { readonly id: string };
  readonly catalog?: readonly {
    readonly type: string;
    readonly endpoints: readonly { readonly interface: string; readonly url: string }[];
  }[];
}

/** Logs somebody in. */
export async function logIn(
  account: Account,
  target: Target,
): Promise<{ readonly token: string; readonly given: GivenToken }> {
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
    throw new Error(`log-in of ${user} at ${target.identity} answered ${answer.status}`);
  }
  return { token, given: JSON.parse(answer.body.toString()).token };
}

/** Without the version, which paths of lists begin with. */
const rootOf = (endpoint: string): string => endpoint.replace(/\/v2(\.1)?(\/[0-9a-f]{32})?\/?$/, '');

/** Plays a request list; answers what came back, in the order of the steps. */
export async function play(file: CaseFile, known: Known): Promise<readonly RecordedStep[]> {
  const people = { ...known.people, ...(await logInAll(file.people ?? {}, known.target, {})) };
  const player = new Player({ ...known, people });
  const answers: Promise<RecordedStep | undefined>[] = [];
  for (const step of file.steps) {
    const answer = player
      .take(step)
      .then((taken) => (step.cleanup === true ? undefined : { id: step.id, answer: taken }));
    answers.push(answer);
    // A list goes on while a background step waits.
    if (step.background === undefined) await answer;
    else await sleep(150);
  }
  player.goOn();
  const steps = await Promise.all(answers);
  return steps.filter((step) => step !== undefined);
}

class Player {
  readonly #known: Known;
  readonly #values = new Map<string, string>();
  /** Requests that are under way in the background. */
  readonly #background: Promise<unknown>[] = [];
  readonly #waiting: (() => void)[] = [];

  constructor(known: Known) {
    this.#known = known;
    const { people, target } = known;
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

  /** Has the second halves of bodies sent that wait for it. */
  goOn(): void {
    for (const release of this.#waiting.splice(0)) release();
  }

  async take(step: Step): Promise<Answer> {
    const { isPrompt } = this.#known.target;
    if (step.wait !== undefined) {
      this.goOn();
      await (isPrompt === true ? Promise.all(this.#background) : sleep(step.wait * 1000));
      this.#known.target.pass?.(step.wait);
    }
    const first = this.#send(step);
    if (step.background !== undefined) this.#background.push(first);
    let received = await first;
    // A service that closes its connections may close one too soon.
    for (let again = 0; again < 3 && received.status === 0; again += 1) {
      await sleep(500);
      received = await this.#send(step);
    }
    if (step.poll !== undefined) {
      const { field, is, seconds = 20 } = step.poll;
      const end = Date.now() + seconds * 1000;
      // A member that is not there counts as null.
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
      url: this.#known.roots[api] + this.#fill(step.path),
      headers,
      ...(body !== undefined && { body }),
      ...(step.chunked === true && { isChunked: true }),
      ...(background !== undefined && { half: this.#half(background) }),
    });
  }

  /** When the rest of a body goes out: after so many seconds, or as soon as the list waits. */
  #half(seconds: number): Promise<unknown> {
    if (this.#known.target.isPrompt !== true) return sleep(seconds * 1000);
    return new Promise<void>((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  #bodyOf({ json, text, bytes }: Step): Buffer | undefined {
    if (bytes !== undefined) return Buffer.alloc(bytes, 'x');
    if (text !== undefined) return Buffer.from(this.#fill(text));
    if (json === undefined) return undefined;
    // Placeholders are filled in the text, where half a surrogate pair is still an escape.
    return Buffer.from(this.#fill(JSON.stringify(expand(json))));
  }

  #tokenOf(person: string): string {
    const known = this.#known.people[person];
    if (known === undefined) throw new Error(`nobody is called ${person}`);
    return known.token;
  }

  #fill(text: string): string {
    return text.replaceAll(
      /\{([a-z]\w*)\}/gi,
      (whole, name: string) => this.#values.get(name) ?? timeCalled(name) ?? whole,
    );
  }

  /** Longest first, so that an address goes before what is part of it. */
  #names(): ReadonlyMap<string, string> {
    const { roots } = this.#known;
    const pairs: [string, string][] = [...this.#values].map(([name, found]) => [found, `{${name}}`]);
    for (const [api, root] of Object.entries(roots)) if (root !== '') pairs.push([root, `{${api}}`]);
    return new Map(pairs.filter(([found]) => found.length > 8).sort(([a], [b]) => b.length - a.length));
  }
}

/** The time in so many seconds, to the microsecond and without a zone, as Keystone writes it. */
function timeCalled(name: string): string | undefined {
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
