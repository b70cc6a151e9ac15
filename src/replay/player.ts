import type { Reply } from '../contract/contract.ts';
import type { ArrivedUpload, PlayableRequest, Playback, Played, ReadyMessage } from '../http/playback.ts';
import type { RecordingFile } from '../recording/read-recording.ts';
import type { RecordedAction, RecordedExchange } from '../recording/recording.ts';
import type { World } from '../world/world.ts';
import { comparedCalls } from './compared-call.ts';
import { playableDecision } from './playable-decision.ts';
import { presentMessage } from './present-message.ts';
import { ReplayClock } from './replay-clock.ts';
import { type Departure, ReplayLog } from './replay-log.ts';
import { type ComparedRequest, differencesOf, type FieldTest, fingerprintOf } from './request-fields.ts';
import { Script } from './script.ts';
import { TokenNames } from './token-names.ts';

/** How a recording is played. */
export interface PlayerOptions {
  /** Whether responses are sent at once, instead of after the recorded time. */
  readonly isFast: boolean;
  /** Which fields of requests may differ. */
  readonly isIgnored: FieldTest;
  /** Whether the requests of an operation are uploads. */
  isUpload(operation: string | null): boolean;
  /** Runs an action of the admin API again. */
  act(action: RecordedAction): void;
  /** Called when the response to a request with this id has been sent. */
  onSent(id: number): void;
  /** Called once, when the client departs. */
  onDeparture(departure: Departure): void;
}

/**
 * Plays the responses of a recording, as long as the client sends the same requests. The world runs along: it gets each request, with the recorded
 * decision and at the recorded time, and so has the state from which it responds itself once the client departs.
 */
export class Player implements Playback {
  readonly log: ReplayLog;
  readonly #file: RecordingFile;
  readonly #options: PlayerOptions;
  readonly #script: Script;
  readonly #tokens = new TokenNames();
  readonly #clock: ReplayClock;
  readonly #actions: RecordedAction[];
  /** Requests that came before the first recorded one, because the journal had dropped them. */
  #early = 0;
  #came = 0;

  /** @throws InputError for an invalid request in the recording. */
  constructor(file: RecordingFile, options: PlayerOptions) {
    this.#file = file;
    this.#options = options;
    this.#script = new Script(file, options);
    this.#clock = new ReplayClock(file.head);
    this.#actions = [...file.head.actions];
    this.log = new ReplayLog(this.#script);
  }

  begin({ call, world, isUpload }: PlayableRequest): Played | undefined {
    if (world.name !== this.#file.head.world.name || this.log.departure !== undefined) return undefined;
    this.#came += 1;
    const forms = comparedCalls(call, isUpload, this.#tokens);
    const found = this.#script.take(forms.map((form) => fingerprintOf(form, this.#options.isIgnored)));
    if ('position' in found) return this.#play(found.position, { call, world, isUpload });
    if (this.#isEarly()) {
      this.#act(world, this.#early - 1);
      return undefined;
    }
    this.#depart(world, { reason: found.reason, request: forms[0] as ComparedRequest });
    return undefined;
  }

  #play(position: number, { call, world, isUpload }: PlayableRequest): Played {
    const exchange = this.#script.at(position);
    this.#act(world, exchange.id - 1);
    this.#clock.show(world, exchange, call);
    const { isFast } = this.#options;
    return {
      decision: playableDecision(exchange, isFast),
      isEarly: exchange.decision?.isEarly === true,
      milliseconds: isFast ? 0 : exchange.timings.firstByte,
      present: (reply, upload) => {
        if (isUpload && !this.#isSameUpload(exchange, upload)) {
          this.#departWithUpload(world, exchange, upload);
          return undefined;
        }
        return this.#present(exchange, reply, call.headers.host);
      },
    };
  }

  #present(exchange: RecordedExchange, reply: Reply, host: string | undefined): ReadyMessage | undefined {
    const message = presentMessage(exchange, {
      reply,
      tokens: this.#tokens,
      relocate: this.#relocation(exchange, host),
      note: (text) => this.log.note({ request: exchange.id, message: text }),
    });
    return message && { ...message, onSent: () => this.#options.onSent(exchange.id) };
  }

  /** Returns a function that replaces the addresses of the recorded server in a text. */
  #relocation({ request }: RecordedExchange, host: string | undefined): (text: string) => string {
    const recorded = request.headers.find(({ name }) => name.toLowerCase() === 'host')?.value;
    const { root } = this.#file.head.world;
    const hosts = new Set([recorded, new URL(root).host].filter((each) => each !== undefined && each !== host));
    if (host === undefined || hosts.size === 0) return (text) => text;
    return (text) => [...hosts].reduce<string>((moved, each) => moved.replaceAll(`://${each}`, `://${host}`), text);
  }

  /** Whether a request may be one that the journal had dropped. */
  #isEarly(): boolean {
    if (this.#script.played > 0 || this.#early >= this.#file.head.dropped.requests) return false;
    this.#early += 1;
    return true;
  }

  /** Runs the actions up to the one after which a request with this id came. */
  #act(world: World, id: number): void {
    const due = this.#actions.findIndex(({ after }) => after > id);
    const actions = this.#actions.splice(0, due < 0 ? this.#actions.length : due);
    if (actions.length === 0) return;
    this.#clock.act(world, () => {
      for (const action of actions) this.#run(action);
    });
  }

  #run(action: RecordedAction): void {
    try {
      this.#options.act(action);
    } catch (error) {
      const message = `${action.operation} of the admin API failed: ${(error as Error).message}`;
      this.log.note({ request: action.after, message });
    }
  }

  #isSameUpload({ request, decision, outcome }: RecordedExchange, upload: ArrivedUpload | undefined): boolean {
    const { body } = request;
    if (this.#options.isIgnored('body')) return true;
    // Of an upload that a rule or the client broke off, another part may have arrived.
    if (upload === undefined || decision !== undefined || outcome !== 'complete' || body?.arriving === true)
      return true;
    return (body?.size ?? 0) === upload.sizeBytes && (body?.digests === undefined || body.digests.md5 === upload.md5);
  }

  #departWithUpload(
    world: World,
    { id, method, url, request }: RecordedExchange,
    upload: ArrivedUpload | undefined,
  ): void {
    const { size = 0, digests } = request.body ?? {};
    const expected = `${size} bytes, MD5 ${digests?.md5}`;
    const found = `${upload?.sizeBytes} bytes, MD5 ${upload?.md5}`;
    this.#close(world, {
      reason: 'different',
      number: this.#came,
      request: { method, url },
      expected: { id, method, url },
      differences: [{ field: 'body', expected, found }],
    });
  }

  /** Ends the replay at a request that has no recorded response. */
  #depart(
    world: World,
    { reason, request }: { readonly reason: Departure['reason']; readonly request: ComparedRequest },
  ): void {
    const { isIgnored } = this.#options;
    const candidates = this.#script.waiting().map((position) => {
      const differences = differencesOf(this.#script.comparedAt(position), request, isIgnored);
      return { position, differences };
    });
    const isOrder = reason === 'order';
    const nearest = candidates.toSorted(
      (one, other) =>
        Number(!isOrder) * (weightOf(one.differences) - weightOf(other.differences)) || one.position - other.position,
    )[0];
    const expected = nearest === undefined ? undefined : this.#script.at(nearest.position);
    this.#close(world, {
      reason,
      number: this.#came,
      request: { method: request.method, url: request.url },
      ...(expected !== undefined && { expected: { id: expected.id, method: expected.method, url: expected.url } }),
      differences: nearest?.differences ?? [],
    });
  }

  #close(world: World, departure: Departure): void {
    this.#clock.release(world);
    this.log.depart(departure);
    this.#options.onDeparture(departure);
  }
}

/** How far two requests are apart: another method or path counts more than anything else. */
const weightOf = (differences: readonly { readonly field: string }[]): number =>
  differences.reduce((total, { field }) => total + (field === 'method' || field === 'path' ? 1000 : 1), 0);
