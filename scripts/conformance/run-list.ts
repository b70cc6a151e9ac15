import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type CaseFile, expand, type NormalizedResponse, type RecordedStep, type Step } from './case.ts';
import { normalise, withoutOrder } from './normalise.ts';
import { type Received, send } from './send.ts';
import { logInAll, type Session } from './session.ts';

/** How often a step is sent to a prompt target at most, until a member has the expected value. */
const PROMPT_POLLS = 300;

/** Sends a request list and returns the responses, in the order of the steps. */
export async function runList(file: CaseFile, session: Session): Promise<readonly RecordedStep[]> {
  const people = { ...session.people, ...(await logInAll(file.people ?? {}, session.target, {})) };
  const runner = new ListRunner({ ...session, people }, file.headers);
  const responses: Promise<RecordedStep | undefined>[] = [];
  for (const step of file.steps) {
    const response = runner
      .run(step)
      .then((recorded) => (step.cleanup === true ? undefined : { id: step.id, answer: recorded }));
    responses.push(response);
    // Later steps run while a background step waits.
    if (step.background === undefined) await response;
    else await sleep(150);
  }
  runner.sendRest();
  const steps = await Promise.all(responses);
  return steps.filter((step) => step !== undefined);
}

/** Start of the names of values that are left to chance, such as the first of a list in random order: they replace nothing. */
const CHANCE = 'any_';

/** Sends the steps of one list, and stores the values that later steps refer to. */
class ListRunner {
  readonly #session: Session;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #values = new Map<string, string>();
  /** Background requests without a response yet. */
  readonly #background: Promise<unknown>[] = [];
  readonly #waiting: (() => void)[] = [];

  constructor(session: Session, headers: Readonly<Record<string, string>> = {}) {
    this.#session = session;
    this.#headers = headers;
    const { people, target } = session;
    for (const [person, { userId, projectId, token }] of Object.entries(people)) {
      if (projectId !== undefined) this.#values.set(`project_${person}`, projectId);
      this.#values.set(`user_${person}`, userId);
      this.#values.set(`token_${person}`, token);
    }
    this.#values.set('nil', '00000000-0000-0000-0000-000000000000');
    this.#values.set('web', target.web ?? 'http://127.0.0.1:9393');
    for (let n = 1; n <= 9; n += 1) {
      this.#values.set(`fresh${n}`, randomUUID());
      const digit = String(n);
      const run = (length: number): string => digit.repeat(length);
      this.#values.set(`uuid${n}`, `${run(8)}-${run(4)}-4${run(3)}-8${run(3)}-${run(12)}`);
    }
  }

  /** Sends the second halves of all background bodies. */
  sendRest(): void {
    for (const release of this.#waiting.splice(0)) release();
  }

  /** Sends a step, as often as it polls, and returns the last response. */
  async run(step: Step): Promise<NormalizedResponse> {
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
    if (step.poll !== undefined) received = await this.#poll(step, step.poll, received);
    for (const [name, path] of Object.entries(step.save ?? {})) {
      const found = memberOf(received, path);
      if (found !== undefined) this.#values.set(name, String(found));
    }
    for (const [name, header] of Object.entries(step.save_header ?? {})) {
      const found = received.headers[header.toLowerCase()];
      if (found !== undefined) this.#values.set(name, String(found));
    }
    const response = normalise(received, this.#names());
    return step.unordered === true ? { ...response, body: withoutOrder(response.body) } : response;
  }

  /** Sends a step until a member has one of the values; the number of times is limited, for a service that is not prompt the time. */
  async #poll(step: Step, { field, is, seconds = 20 }: NonNullable<Step['poll']>, first: Received): Promise<Received> {
    const isPrompt = this.#session.target.isPrompt === true;
    const end = Date.now() + seconds * 1000;
    let received = first;
    // A missing member counts as null.
    for (let times = 0; !is.includes(memberOf(received, field) ?? null); times += 1) {
      if (isPrompt ? times === PROMPT_POLLS : Date.now() >= end) break;
      await sleep(isPrompt ? 1 : 100);
      received = await this.#send(step);
    }
    return received;
  }

  #send(step: Step): Promise<Received> {
    const { as = 'demo', api = 'image', method, background } = step;
    const body = this.#bodyOf(step);
    const headers: Record<string, string | readonly string[]> = { ...this.#headers };
    if (step.service !== undefined) headers['X-Service-Token'] = this.#tokenOf(step.service);
    if (as === 'bad') headers['X-Auth-Token'] = 'no-such-token';
    else if (as !== 'none') headers['X-Auth-Token'] = this.#tokenOf(as);
    if (step.json !== undefined) headers['Content-Type'] = 'application/json';
    for (const [name, text] of Object.entries(step.headers ?? {})) {
      for (const other of Object.keys(headers)) if (other.toLowerCase() === name.toLowerCase()) delete headers[other];
      if (text !== null)
        headers[name] = typeof text === 'string' ? this.#fill(text) : text.map((each) => this.#fill(each));
    }
    return send({
      method,
      url: this.#session.roots[api] + this.#fill(step.path).replaceAll(/[^\x21-\x7e]/gu, encodeURIComponent),
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

  #bodyOf({ json, text, hex, bytes, image }: Step): Buffer | undefined {
    if (image !== undefined) return pictureOf(image);
    if (hex !== undefined) return Buffer.from(hex, 'hex');
    if (bytes !== undefined) return Buffer.alloc(bytes, 'x');
    if (text !== undefined) return Buffer.from(this.#fill(text));
    if (json === undefined) return undefined;
    // Placeholders are replaced in the text, where half a surrogate pair is still an escape.
    return Buffer.from(this.#fill(JSON.stringify(expand(json))));
  }

  #tokenOf(person: string): string {
    if (person.startsWith('{')) return this.#fill(person);
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
    const named = [...this.#values].filter(([name]) => !name.startsWith(CHANCE));
    const pairs: [string, string][] = named.map(([name, found]) => [found, `{${name}}`]);
    for (const [api, root] of Object.entries(roots)) if (root !== '') pairs.push([root, `{${api}}`]);
    return new Map(pairs.filter(([found]) => found.length > 8).sort(([a], [b]) => b.length - a.length));
  }
}

/** Returns zero bytes with others at some offsets. */
function pictureOf({ size, ...parts }: NonNullable<Step['image']>): Buffer {
  const data = Buffer.alloc(Number(size));
  for (const [offset, hex] of Object.entries(parts)) data.write(String(hex), Number(offset), 'hex');
  return data;
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
