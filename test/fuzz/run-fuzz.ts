import { Agent } from 'node:http';
import { type MeteredServer, startMetered } from '../support/attack/metered-server.ts';
import { type FuzzRequest, fuzzRequests } from './requests.ts';
import { type RunValues, sendFuzz } from './send.ts';
import { fuzzTargets } from './targets.ts';

/** What a fuzz run sends. */
export interface FuzzOptions {
  /** Path of the bundled command line. */
  readonly cli: string;
  /** The same seed gives the same requests. */
  readonly seed: number;
  readonly requests: number;
  /** Longest processor time for which one callback may hold the event loop, in milliseconds. */
  readonly maxHold: number;
  /** Called after each batch. */
  readonly onProgress?: (sent: number, report: FuzzReport) => void;
}

/** The longest time for which the event loop was held, in milliseconds. */
export interface LongestHold {
  readonly cpu: number;
  /** The real time that passed meanwhile. */
  readonly elapsed: number;
  /** The longest collection of garbage in the same batch of requests. */
  readonly collection: number;
  /** The seed with which the batch can be sent again. */
  readonly seed: number;
  /** Number of requests in the batch. */
  readonly requests: number;
}

/** What a fuzz run found. */
export interface FuzzReport {
  readonly seed: number;
  readonly statuses: ReadonlyMap<number, number>;
  /** When the event loop was held for longest. */
  readonly longest: LongestHold;
  /** What went wrong, with the request that caused it. */
  readonly problems: readonly string[];
}

const BATCH = 200;
const CONCURRENCY = 4;

/** Sends hostile requests to a server, and health checks beside them. Stops at the first crash. */
export async function runFuzz(options: FuzzOptions): Promise<FuzzReport> {
  const server = await startMetered(options.cli, ['--seed', 'fuzz']);
  const agent = new Agent({ keepAlive: true });
  const run = new Run(server, options);
  try {
    await run.all(agent);
  } finally {
    agent.destroy();
    await server.stop();
  }
  return run.report;
}

/** Resets the worlds, and logs in: earlier requests may have revoked tokens, or deleted users. */
async function prepare(url: string): Promise<Omit<RunValues, 'port' | 'agent'>> {
  const post = (path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
    fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  await post('/__admin/reset', {});
  await post('/__admin/worlds', { name: 'fuzz' });
  await post('/w/fuzz/__admin/reset', {});
  const domain = { id: 'default' };
  const user = { name: 'admin', domain, password: 'secret' };
  const auth = {
    identity: { methods: ['password'], password: { user } },
    scope: { project: { name: 'admin', domain } },
  };
  const logIn = async (world: string): Promise<string> =>
    (await post(`${world}/identity/v3/auth/tokens`, { auth })).headers.get('x-subject-token') ?? '';
  const token = await logIn('');
  const created = await post('/image/v2/images', { name: 'fuzz' }, { 'x-auth-token': token });
  return { token, worldToken: await logIn('/w/fuzz'), image: ((await created.json()) as { readonly id: string }).id };
}

class Run {
  readonly #server: MeteredServer;
  readonly #options: FuzzOptions;
  readonly #statuses = new Map<number, number>();
  readonly #problems: string[] = [];
  #longest: LongestHold = { cpu: 0, elapsed: 0, collection: 0, seed: 0, requests: 0 };

  constructor(server: MeteredServer, options: FuzzOptions) {
    this.#server = server;
    this.#options = options;
  }

  get report(): FuzzReport {
    const { seed } = this.#options;
    return { seed, statuses: this.#statuses, longest: this.#longest, problems: this.#problems };
  }

  async all(agent: Agent): Promise<void> {
    const { requests, seed, onProgress } = this.#options;
    const targets = fuzzTargets();
    await this.#server.read();
    for (let sent = 0; sent < requests && this.#server.isAlive(); sent += BATCH) {
      const values = { port: this.#server.port, agent, ...(await prepare(this.#server.url)) };
      const batch = fuzzRequests(targets, seed + sent, Math.min(BATCH, requests - sent));
      await this.#batch(batch, { ...values, seed: seed + sent });
      onProgress?.(sent + batch.length, this.report);
    }
    if (!this.#server.isAlive()) this.#problems.push(`the server ended: ${this.#server.errors()}`);
  }

  async #batch(
    batch: readonly FuzzRequest[],
    { seed, ...values }: RunValues & { readonly seed: number },
  ): Promise<void> {
    const queue = batch.values();
    const work = async (): Promise<void> => {
      for (const request of queue) await this.#send(request, values);
    };
    const isDone = Promise.all(Array.from({ length: CONCURRENCY }, work)).then(() => true);
    while (!(await Promise.race([isDone, this.#isUnhealthy()])));
    await isDone;
    const { longest, longestElapsed, longestCollection, internalErrors, isPolluted } = await this.#server.read();
    if (longest > this.#longest.cpu) {
      const times = { cpu: longest, elapsed: longestElapsed, collection: longestCollection };
      this.#longest = { ...times, seed, requests: batch.length };
    }
    const isSlow = longest > this.#options.maxHold;
    if (internalErrors.length > 0 || isPolluted || isSlow) await this.#findCauses(batch, values);
    for (const stack of new Set(internalErrors)) this.#problems.push(`internal error: ${stack}`);
    if (isPolluted) this.#problems.push('a prototype has other members than at the start');
  }

  /** Checks the health of the server once. @returns false, so that the caller goes on. */
  async #isUnhealthy(): Promise<boolean> {
    const response = await fetch(`${this.#server.url}/__admin/health`).catch(() => undefined);
    if (response?.status !== 200 && this.#server.isAlive()) this.#problems.push('the health check failed');
    await response?.arrayBuffer();
    return new Promise((resolve) => setTimeout(resolve, 50, !this.#server.isAlive()));
  }

  async #send(request: FuzzRequest, values: RunValues): Promise<void> {
    const { status, text, isHung } = await sendFuzz(request, values);
    this.#statuses.set(status, (this.#statuses.get(status) ?? 0) + 1);
    if (isHung) this.#problems.push(`no response: ${describe(request)}`);
    // Express sends errors that nothing has caught as a page.
    if (status === 500 && text.includes('<title>Error</title>')) this.#problems.push(`${text}: ${describe(request)}`);
  }

  /** Sends the requests of a batch again, one by one, and names those that hold the event loop or fail. */
  async #findCauses(batch: readonly FuzzRequest[], values: RunValues): Promise<void> {
    for (const request of batch) {
      const holds: number[] = [];
      for (let round = 0; round < 3; round += 1) {
        await sendFuzz(request, values);
        const { longest, internalErrors } = await this.#server.read();
        holds.push(longest);
        if (internalErrors.length > 0 && round === 0) this.#problems.push(`500: ${describe(request)}`);
        if (longest <= this.#options.maxHold) break;
      }
      const hold = Math.min(...holds);
      if (hold > this.#options.maxHold) this.#problems.push(`held for ${Math.round(hold)} ms: ${describe(request)}`);
    }
  }
}

/** A request in one line, as far as it is needed to send it again. */
function describe({ method, target, headers, body = '' }: FuzzRequest): string {
  const text = JSON.stringify(typeof body === 'string' ? body : body.toString('latin1'));
  return `${method} ${target.slice(0, 500)} ${JSON.stringify(headers).slice(0, 300)} ${text.slice(0, 500)} (${body.length} bytes)`;
}
