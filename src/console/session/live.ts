/** A session of a running server: follows its journal, and asks for the rest when a view needs it. */
import { type Signal, signal } from '@preact/signals';
import { ApiError, call, prepare, send, token } from '../api/client.ts';
import { readEvents, type ServerEvent } from '../api/events.ts';
import type { GetIndexResponse } from '../api/types.ts';
import { EntryList } from './entry-list.ts';
import { HistoryOfWorlds } from './history.ts';
import { type Connection, type Finding, type ImageStates, keyOf, type Session, type SessionEntry } from './session.ts';

/** Time until the next attempt after the connection was lost, in milliseconds. */
const RETRY_DELAY = 1000;

/** A session of a running server. */
export class LiveSession implements Session {
  readonly kind = 'live';
  readonly title = signal('');
  readonly facts: Signal<readonly (readonly [string, string])[]> = signal([]);
  readonly entries = new EntryList();
  readonly findings: Signal<readonly Finding[]> = signal([]);
  readonly connection: Signal<Connection> = signal<Connection>('connecting');
  /** Names of the worlds of the process, or of the one that the page belongs to. */
  readonly worlds: Signal<readonly string[]> = signal([]);
  /** Whether new requests are shown as they arrive. */
  readonly isPaused = signal(false);
  /** Requests that arrived while the session was paused. */
  readonly waiting = signal(0);
  readonly #history = new HistoryOfWorlds(this.entries);
  readonly marks = this.#history.marks;
  readonly #abort = new AbortController();
  readonly #details = new Map<string, SessionEntry>();
  #held: SessionEntry[] = [];
  /** Id of the last event, after which a new stream goes on. */
  #last: string | undefined;
  #isWholeProcess = true;

  constructor() {
    void this.#run();
  }

  /** Follows the server, and connects again when the connection is lost. */
  async #run(): Promise<void> {
    while (!this.#abort.signal.aborted) {
      try {
        await this.refresh();
        await this.#follow();
      } catch (error) {
        if (this.#abort.signal.aborted) return;
        this.connection.value = error instanceof ApiError && error.status === 401 ? 'unauthorized' : 'lost';
      }
      await this.#nextAttempt();
    }
  }

  /** Query parameters that select what the page shows: all worlds, or the one that it belongs to. */
  get scope(): { readonly worlds?: 'all' } {
    return this.#isWholeProcess ? { worlds: 'all' } : {};
  }

  /** Reads what the header shows. */
  async refresh(): Promise<GetIndexResponse> {
    const index = await call('getIndex', {});
    this.#isWholeProcess = index.world === 'default';
    this.worlds.value = this.#isWholeProcess ? index.worlds : [index.world];
    // Nothing tells of a world that was dropped while the connection was lost.
    if (this.#isWholeProcess) this.#forgetOthers(index.worlds);
    this.title.value = this.#isWholeProcess ? location.host : `${location.host}, world ${index.world}`;
    this.facts.value = [['version', index.version]];
    return index;
  }

  async #follow(): Promise<void> {
    const query = {
      view: 'headers' as const,
      ...(this.#last !== undefined && { after: this.#last }),
      ...this.scope,
    };
    const { body } = await send(prepare('followRequests', { query }), this.#abort.signal);
    if (body === null) throw new ApiError(0, 'The stream is empty.');
    this.connection.value = 'open';
    for await (const events of readEvents(body)) for (const event of events) this.#take(event);
    this.connection.value = 'lost';
  }

  /** Waits for a moment, or until there is a token. */
  async #nextAttempt(): Promise<void> {
    const isLocked = this.connection.value === 'unauthorized';
    await new Promise<void>((resolve) => {
      const given = token.peek();
      const stop = token.subscribe((value) => {
        if (isLocked && value !== given) finish();
      });
      const timer = isLocked ? undefined : setTimeout(finish, RETRY_DELAY);
      this.#abort.signal.addEventListener('abort', finish);
      function finish(): void {
        clearTimeout(timer);
        resolve();
        queueMicrotask(() => stop());
      }
    });
  }

  #take({ type, id, data }: ServerEvent): void {
    this.#last = id ?? this.#last;
    if (type === 'cleared') {
      this.forget((JSON.parse(data) as { readonly world?: string }).world);
      return;
    }
    if (type === 'dropped') {
      this.entries.missed.value += (JSON.parse(data) as { readonly count: number }).count;
      return;
    }
    const entry = JSON.parse(data) as SessionEntry;
    if (this.isPaused.peek()) {
      this.#held.push(entry);
      if (type === 'request') this.waiting.value += 1;
      return;
    }
    this.#show(entry);
  }

  #show(entry: SessionEntry): void {
    const key = keyOf(entry);
    const known = this.entries.at(this.entries.indexOf(key));
    // Ids start again at 1 when a world is reset, or created again.
    if (known !== undefined && known.sequence !== entry.sequence) this.forget(entry.world);
    this.#details.delete(key);
    this.entries.put(entry);
    if (!this.worlds.peek().includes(entry.world)) this.worlds.value = [...this.worlds.peek(), entry.world];
    this.#history.mustRead(entry);
  }

  /** Shows requests as they arrive again, or stops doing so. */
  pause(isPaused: boolean): void {
    this.isPaused.value = isPaused;
    if (isPaused) return;
    const held = this.#held;
    this.#held = [];
    this.waiting.value = 0;
    for (const entry of held) this.#show(entry);
  }

  /** Removes the entries of a world that was reset, cleared or dropped; of all worlds when omitted. */
  forget(world?: string): void {
    this.#details.clear();
    this.#held = world === undefined ? [] : this.#held.filter((entry) => entry.world !== world);
    this.waiting.value = Math.min(this.waiting.peek(), this.#held.length);
    this.entries.clear(world);
    this.#history.forget(world);
  }

  #forgetOthers(worlds: readonly string[]): void {
    const shown = new Set(this.entries.items.map(({ world }) => world));
    for (const world of worlds) shown.delete(world);
    for (const world of shown) this.forget(world);
  }

  /** Reads the history of the worlds again, after an action of this page. */
  readHistory(): void {
    this.#history.readAll(this.worlds.peek());
  }

  /** Reads what the conduct rules find in the journals of the worlds. */
  async readFindings(): Promise<void> {
    const found: Finding[] = [];
    for (const world of this.worlds.peek()) {
      // The world may have been dropped meanwhile.
      const report = await call('getConduct', {}, world).catch(() => undefined);
      for (const finding of report?.findings ?? []) found.push({ ...finding, world });
    }
    this.findings.value = found;
  }

  async detail(entry: SessionEntry): Promise<SessionEntry> {
    const key = keyOf(entry);
    const known = this.#details.get(key);
    if (known !== undefined) return known;
    const { id, world } = entry;
    const whole = (await call('showRequest', { params: { id: String(id) } }, world)) as SessionEntry;
    if (entry.outcome !== 'pending') this.#details.set(key, whole);
    return whole;
  }

  async imageStates({ id, image, world }: SessionEntry): Promise<ImageStates | undefined> {
    if (image === undefined) return undefined;
    return call('showRequestImage', { params: { id: String(id) } }, world);
  }

  async findInBodies(text: string, side: 'request' | 'response'): Promise<ReadonlySet<string>> {
    const found = new Set<string>();
    const filter = side === 'request' ? { requestBody: text } : { responseBody: text };
    let after: number | undefined = 0;
    while (after !== undefined) {
      const query = { ...filter, ...this.scope, view: 'summary' as const, limit: 1000, after };
      const page: {
        readonly requests: readonly { readonly id: number; readonly world: string }[];
        readonly next: number | null;
      } = await call('listRequests', { query });
      for (const each of page.requests) found.add(keyOf(each));
      after = page.next ?? undefined;
    }
    return found;
  }

  close(): void {
    this.#abort.abort();
    this.#history.close();
  }
}

/** Returns a session if it is one of a running server. */
export const asLive = (session: Session | undefined): LiveSession | undefined =>
  session instanceof LiveSession ? session : undefined;
