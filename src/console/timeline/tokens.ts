/** Marks of tokens: where each was issued, where it expired, and the responses 401 that followed. */
import { signal } from '@preact/signals';
import type { Mark, Session, SessionEntry } from '../session/session.ts';
import { clockTime } from '../ui/format.ts';
import { endOf } from './model.ts';

/** A token that a request was given. */
interface Token {
  /** Id of the request. */
  readonly id: number;
  readonly world: string;
  /** Index of the request. */
  readonly index: number;
  /** When it was issued, in milliseconds since 1970 by the machine's clock. */
  readonly issued: number;
  /** When it expires by the world's clock; `undefined` until it is read from the body. */
  expires: number | undefined;
  /** When it expired by the machine's clock; `undefined` until a request shows that it has. */
  expired: number | undefined;
}

/** A response 401 to a request with a token. */
interface Rejected {
  readonly entry: SessionEntry;
  readonly token: string;
}

/** How many responses are read for the time at which their token expires. */
const MAX_READ = 500;

/** The tokens of a session. They are told apart by their digests, because the journal does not show them. */
export class TokenMarks {
  /** The marks, in no order. */
  readonly marks = signal<readonly Mark[]>([]);
  readonly #session: Session;
  readonly #tokens = new Map<string, Token>();
  readonly #rejected: Rejected[] = [];
  /** Tokens that have not expired yet. */
  readonly #valid = new Set<Token>();
  /** Entries whose bodies tell when a token expires. */
  #unread: number[] = [];
  #read = 0;
  #done = 0;
  #generation = -1;
  #isReading = false;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Takes what has been added to the list. */
  update(): void {
    const { entries } = this.#session;
    if (this.#generation !== entries.generation.peek()) this.#clear(entries.generation.peek());
    const before = this.#tokens.size + this.#rejected.length;
    let hasExpired = false;
    for (; this.#done < entries.length; this.#done += 1) {
      const entry = entries.at(this.#done) as SessionEntry;
      this.#take(entry, this.#done);
      for (const token of this.#valid) hasExpired = this.#expire(token, this.#done) || hasExpired;
    }
    if (hasExpired || before !== this.#tokens.size + this.#rejected.length) this.#publish();
    void this.#readBodies();
  }

  #clear(generation: number): void {
    this.#generation = generation;
    this.#tokens.clear();
    this.#valid.clear();
    this.#rejected.length = 0;
    this.#unread = [];
    this.#read = 0;
    this.#done = 0;
    this.marks.value = [];
  }

  #take(entry: SessionEntry, index: number): void {
    if (isLogIn(entry)) {
      const token = headerOf(entry.response, 'x-subject-token');
      if (token !== undefined) this.#add(token, entry, index);
      this.#unread.push(index);
    } else if (entry.status === 401 && entry.source !== 'injected') {
      const token = headerOf(entry.request, 'x-auth-token');
      if (token !== undefined) this.#rejected.push({ entry, token });
    }
  }

  #add(token: string, entry: SessionEntry, index: number): Token {
    const known = this.#tokens.get(token);
    if (known !== undefined) return known;
    const { id, world } = entry;
    const added: Token = { id, world, index, issued: endOf(entry), expires: undefined, expired: undefined };
    this.#tokens.set(token, added);
    return added;
  }

  /** Reads the bodies that tell when tokens expire, the latest first. */
  async #readBodies(): Promise<void> {
    if (this.#isReading) return;
    this.#isReading = true;
    const generation = this.#generation;
    while (this.#unread.length > 0 && this.#read < MAX_READ && generation === this.#generation) {
      const index = this.#unread.pop() as number;
      const entry = this.#session.entries.at(index);
      this.#read += 1;
      const whole = entry && (await this.#session.detail(entry).catch(() => undefined));
      if (whole !== undefined && generation === this.#generation) this.#noteEnd(whole, index);
      // The page goes on between two of them: each looks at many entries.
      await new Promise((resolve) => setTimeout(resolve));
    }
    this.#isReading = false;
    if (generation === this.#generation) this.#publish();
  }

  #noteEnd(entry: SessionEntry, index: number): void {
    const found = tokenIn(entry);
    if (found === undefined) return;
    const token = this.#add(found.token, entry, index);
    token.expires = found.expires;
    this.#valid.add(token);
    for (let at = index + 1; at < this.#done && token.expired === undefined; at += 1) this.#expire(token, at);
  }

  /** Notes that a token has expired, if the time of an entry shows it. Returns whether it does. */
  #expire(token: Token, index: number): boolean {
    const entry = this.#session.entries.at(index) as SessionEntry;
    const { expires } = token;
    if (expires === undefined || entry.world !== token.world || entry.time < expires) return false;
    // The clock of the world ran, or was moved, at some time before: as late as here.
    const offset = this.#offsetBefore(token, index);
    token.expired = Math.min(entry.started, Math.max(token.issued, expires - offset));
    this.#valid.delete(token);
    return true;
  }

  /** How far the world's clock was ahead of the machine's at the request before an entry. */
  #offsetBefore({ world, index: first }: Token, index: number): number {
    let at = index - 1;
    while (at > first && this.#session.entries.at(at)?.world !== world) at -= 1;
    const entry = this.#session.entries.at(at) as SessionEntry;
    return entry.time - entry.started - entry.timings.firstByte;
  }

  #publish(): void {
    const marks: Mark[] = [];
    for (const { id, world, issued, expires, expired } of this.#tokens.values()) {
      const until = expires === undefined ? '' : `, valid until ${clockTime(expires)} by the world's clock`;
      marks.push({ ...markOf(world, id, `token issued by request ${id}${until}`), at: issued, token: 'issued' });
      if (expired === undefined) continue;
      marks.push({ ...markOf(world, id, `the token of request ${id} expired`), at: expired, token: 'expired' });
    }
    for (const { entry, token } of this.#rejected) {
      const known = this.#tokens.get(token);
      const { id, world, started } = entry;
      const whose = known === undefined ? 'its token is not valid' : `with the token of request ${known.id}`;
      const isLate = known?.expired !== undefined && known.expired <= started;
      const text = `401 to request ${id}: ${whose}${isLate ? ', which had expired' : ''}`;
      marks.push({ ...markOf(world, id, text), at: started, token: 'rejected' });
    }
    this.marks.value = marks;
  }
}

const markOf = (world: string, after: number, text: string): Mark => ({ kind: 'token', world, after, time: 0, text });

/** Whether a request was given a token. */
const isLogIn = ({ method, url, status }: SessionEntry): boolean =>
  method === 'POST' && status >= 200 && status < 300 && /\/tokens(?:\?|$)/.test(url);

const headerOf = ({ headers }: SessionEntry['request'], lowerName: string): string | undefined =>
  headers.find(({ name }) => name.toLowerCase() === lowerName)?.value;

/** What is read from bodies that give a token. */
interface TokenBody {
  readonly token?: { readonly expires_at?: string };
  readonly access?: { readonly token?: { readonly id?: string; readonly expires?: string } };
}

/** The token that a response gives, and when it expires. */
function tokenIn({ response }: SessionEntry): { readonly token: string; readonly expires: number } | undefined {
  try {
    const { token, access } = JSON.parse(response.body?.text ?? '') as TokenBody;
    const name = headerOf(response, 'x-subject-token') ?? access?.token?.id;
    const expires = Date.parse(token?.expires_at ?? access?.token?.expires ?? '');
    return name === undefined || Number.isNaN(expires) ? undefined : { token: name, expires };
  } catch {
    return undefined;
  }
}
