import { hash } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import type { Bench } from './bench.ts';
import type { Answer } from './scripted-client.ts';

/** Returns a random integer of at least 0 and below `below`. */
export type Random = (below: number) => number;

/** How often a request is tried. */
const MAX_ATTEMPTS = 6;
/** The client does not wait longer than this for a service, in seconds. */
const PATIENCE = 600;
/** Statuses after which a request is tried again. */
const TRANSIENT: ReadonlySet<number> = new Set([0, 429, 502, 503, 504]);

/** The service did not do what was asked of it. */
export class ServiceError extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`The service returned ${status}.`);
    this.status = status;
  }
}

/** A client that does what the rules of conduct ask for. */
export class GoodClient {
  readonly #bench: Bench;
  readonly #random: Random;

  constructor(bench: Bench, random: Random) {
    this.#bench = bench;
    this.#random = random;
  }

  /** Creates an image. After an unknown outcome it looks for the image first. Returns its id. */
  async create(name: string): Promise<string> {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const answer = await this.#authorized(() => this.#bench.tryCreate(name));
      if (answer.status === 201 && answer.isWhole) return String(answer.json()['id']);
      if (answer.status !== 201 && !TRANSIENT.has(answer.status)) throw new ServiceError(answer.status);
      await this.#pause(answer, attempt);
      const found = (await this.listAll(`?name=${name}&limit=2`))[0];
      if (found !== undefined) return found;
    }
    throw new ServiceError(503);
  }

  /** Reads all pages of a list. Returns the ids of the images. */
  async listAll(query: string): Promise<readonly string[]> {
    const ids: string[] = [];
    const seen = new Set<string>();
    for (let next: string | undefined = query; next !== undefined && !seen.has(next); ) {
      seen.add(next);
      const page = await this.#retried('GET', `/images${next}`);
      const { images, next: link } = page.json();
      if (!Array.isArray(images)) throw new ServiceError(page.status);
      ids.push(...images.map(({ id }: { id: string }) => id));
      next = typeof link === 'string' ? link.slice(link.indexOf('?')) : undefined;
    }
    return ids;
  }

  /** Sends the data of an image, from its start each time. */
  async upload(id: string, data: Buffer): Promise<void> {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const answer = await this.#authorized(() => this.#bench.upload(id, data));
      if (answer.status === 204) return;
      if (!TRANSIENT.has(answer.status)) throw new ServiceError(answer.status);
      await this.#pause(answer, attempt);
      if (await this.#hasData(id)) return;
    }
    throw new ServiceError(503);
  }

  /** Reads the status of an image until it is a final one. */
  async waitUntilReady(id: string): Promise<string> {
    for (let poll = 0; poll < 30; poll += 1) {
      const { status } = (await this.#retried('GET', `/images/${id}`)).json();
      if (status === 'active' || status === 'killed') return status;
      await this.#sleep(2 + poll);
    }
    return 'unknown';
  }

  /** Downloads the data of an image: the rest after an interruption, and everything again if its digest is wrong. */
  async download(id: string): Promise<Buffer> {
    let parts: Buffer[] = [];
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const had = parts.reduce((sum, { length }) => sum + length, 0);
      const answer = await this.#authorized(() => this.#bench.download(id, had > 0 ? `bytes=${had}-` : undefined));
      if (answer.status >= 400 && !TRANSIENT.has(answer.status)) throw new ServiceError(answer.status);
      if (answer.status === 200) parts = [answer.body];
      if (answer.status === 206) parts.push(answer.body);
      const isEnd = answer.isWhole && (answer.status === 200 || answer.status === 206);
      const bytes = Buffer.concat(parts);
      if (isEnd && hash('md5', bytes) === (await this.#checksumOf(id, answer))) return bytes;
      if (isEnd) parts = [];
      await this.#pause(answer, attempt);
    }
    throw new ServiceError(503);
  }

  /** Deletes an image. */
  async remove(id: string): Promise<void> {
    await this.#retried('DELETE', `/images/${id}`, [204, 404]);
  }

  async #checksumOf(id: string, answer: Answer): Promise<unknown> {
    return answer.header('content-md5') ?? (await this.#retried('GET', `/images/${id}`)).json()['checksum'];
  }

  async #hasData(id: string): Promise<boolean> {
    return (await this.#retried('GET', `/images/${id}`)).json()['status'] === 'active';
  }

  /** Sends an idempotent request, and again while the service fails for a moment. */
  async #retried(method: string, path: string, expected: readonly number[] = [200]): Promise<Answer> {
    let last = 0;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const answer = await this.#authorized(() => this.#bench.send(method, path));
      if (answer.isWhole && expected.includes(answer.status)) return answer;
      last = answer.status;
      if (!TRANSIENT.has(last) && answer.isWhole) break;
      await this.#pause(answer, attempt);
    }
    throw new ServiceError(last);
  }

  /** Logs in again, once, when the token has expired. */
  async #authorized(send: () => Promise<Answer>): Promise<Answer> {
    const answer = await send();
    if (answer.status !== 401) return answer;
    await this.login();
    return send();
  }

  /** Logs in. */
  async login(): Promise<void> {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const answer = await this.#bench.login();
      if (answer.status === 201 && answer.isWhole) return;
      if (!TRANSIENT.has(answer.status)) throw new ServiceError(answer.status);
      await this.#pause(answer, attempt);
    }
    throw new ServiceError(401);
  }

  /** Waits as long as Retry-After says, and never less than a growing time with jitter. Gives up when that is too long. */
  async #pause(answer: Answer, attempt: number): Promise<void> {
    const asked = secondsIn(answer);
    if (asked > PATIENCE) throw new ServiceError(answer.status);
    const backOff = 2 ** attempt * (0.5 + this.#random(1000) / 2000);
    await this.#sleep(Math.max(asked, backOff));
  }

  /** Lets time pass by the clock of the world. */
  async #sleep(seconds: number): Promise<void> {
    this.#bench.wait(seconds);
    await turn();
  }
}

/** Seconds that a response asks to wait; 0 if it does not say. */
function secondsIn(answer: Answer): number {
  const text = answer.header('retry-after') ?? '';
  if (/^\d+$/.test(text)) return Number(text);
  const [until, now] = [Date.parse(text), Date.parse(answer.header('date') ?? '')];
  return /GMT$/.test(text) && until > now ? Math.ceil((until - now) / 1000) : 0;
}
