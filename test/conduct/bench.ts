import type { Agent } from 'node:http';
import type { ConductQuery, Sideglance, WorldControl } from '../../src/index.ts';
import { type Answer, ScriptedClient, type ScriptedRequest } from './scripted-client.ts';

/** A client that is logged in to a world of its own, whose clock stands still. */
export class Bench {
  readonly world: WorldControl;
  readonly client: ScriptedClient;
  token = '';
  /** What the client says in the end. */
  reported: ConductQuery['client'];

  /** @param agent - connections of the client; one connection for all requests when omitted. */
  constructor(cloud: Sideglance, agent?: Agent) {
    this.world = cloud.worlds.create({ clock: '2026-11-21T12:00:00Z' });
    this.client = new ScriptedClient(this.world.url, 'scripted/1.0', agent);
  }

  /** Logs in as `demo`, and uses the new token from now on. */
  async login(): Promise<Answer> {
    const domain = { id: 'default' };
    const identity = { methods: ['password'], password: { user: { name: 'demo', domain, password: 'secret' } } };
    const auth = { identity, scope: { project: { name: 'demo', domain } } };
    const answer = await this.client.send('POST', '/identity/v3/auth/tokens', { body: { auth } });
    this.token = answer.header('x-subject-token') ?? '';
    return answer;
  }

  /** Sends a request to the Image API, with the token. */
  send(method: string, path: string, options: ScriptedRequest = {}): Promise<Answer> {
    return this.client.send(method, `/image/v2${path}`, { token: this.token, ...options });
  }

  list = (query = '?limit=100'): Promise<Answer> => this.send('GET', `/images${query}`);

  show = (id: string): Promise<Answer> => this.send('GET', `/images/${id}`);

  remove = (id: string): Promise<Answer> => this.send('DELETE', `/images/${id}`);

  /** Sends the request to create an image. */
  tryCreate = (name: string, options: ScriptedRequest = {}): Promise<Answer> =>
    this.send('POST', '/images', { body: { name, disk_format: 'raw', container_format: 'bare' }, ...options });

  /** Creates an image. Returns its id. */
  create = async (name: string): Promise<string> => String((await this.tryCreate(name)).json()['id']);

  upload = (id: string, data: Buffer, options: ScriptedRequest = {}): Promise<Answer> =>
    this.send('PUT', `/images/${id}/file`, { body: data, ...options });

  download = (id: string, range?: string): Promise<Answer> =>
    this.send('GET', `/images/${id}/file`, { headers: { Range: range } });

  /** Arms a fault for an operation of the Image API; once, unless `more` says otherwise. */
  arm(operation: string, fault: object, more: object = {}): void {
    const match = { operation: `image-v2.${operation}` };
    this.world.faults.arm({ match, fault, undocumented: true, ...more } as never);
  }

  /** Waits until the journal holds an upload that has ended. */
  async uploadEnded(): Promise<void> {
    const hasEnded = (): boolean =>
      this.world.requests
        .list({ operation: 'image-v2.uploadImageData' })
        .requests.some(({ outcome, request }) => outcome !== 'pending' && request?.body?.arriving !== true);
    while (!hasEnded()) await new Promise((resolve) => setTimeout(resolve, 10));
  }

  /** Lets some seconds pass by the clock of the world. */
  wait(seconds: number): void {
    if (seconds > 0) this.world.clock.advance(`${Math.round(seconds * 1000)}ms`);
  }
}

/** What a client does: well, or with one mistake. */
export type Proof = (bench: Bench, isGood: boolean) => Promise<void>;

/** Clients by the rule that the bad one breaks. */
export type Proofs = Readonly<Record<string, Proof>>;

/** Bytes of image data. */
export const data = (length: number, fill = 'image data '): Buffer => Buffer.alloc(length, fill);
