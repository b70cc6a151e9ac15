/** The data model of the page: a session is a live server or a recording, and views do not need to know which. */
import { type Signal, signal } from '@preact/signals';
import type { Entry, Message } from '../api/types.ts';
import type { EntryList } from './entry-list.ts';

/** A request with its response. Of a live server, bodies come with `detail`. */
export interface SessionEntry extends Omit<Entry, 'request' | 'response'> {
  readonly request: Message;
  readonly response: Message;
  /** What the fault engine decided; only recordings have it. */
  readonly decision?: unknown;
}

/** Something besides the requests that belongs on the timeline. */
export interface Mark {
  /** `action`: a request to the admin API; `change`: of an image; `port`: below HTTP; `token`, `finding`: about requests. */
  readonly kind: 'action' | 'change' | 'port' | 'token' | 'finding';
  readonly world: string;
  /** Id of the last request in its world before it. */
  readonly after: number;
  /** Milliseconds since 1970, by the world's clock. */
  readonly time: number;
  /** What happened, in one line. */
  readonly text: string;
  /** Id of the image that changed. */
  readonly image?: string;
  /** The operation of the admin API. */
  readonly operation?: string;
  /** What happened to a token; `rejected`: a request with it got 401. */
  readonly token?: 'issued' | 'expired' | 'rejected';
  /** Severity of a finding. */
  readonly severity?: string;
  /** When it happened, in milliseconds since 1970 by the machine's clock, if that is known. */
  readonly at?: number;
}

/** The states of an image around a request. `null`: it did not exist. */
export interface ImageStates {
  readonly image: string;
  readonly before: object | null;
  readonly after: object | null;
}

/** A finding of the conduct rules. */
export interface Finding {
  readonly rule: string;
  readonly severity: string;
  readonly client: string;
  readonly message: string;
  /** Ids of the requests that show it. */
  readonly entries: readonly number[];
  readonly world: string;
}

/** Whether a live server can be reached. */
export type Connection = 'connecting' | 'open' | 'lost' | 'unauthorized';

/** What all views show. */
export interface Session {
  readonly kind: 'live' | 'recording';
  /** What is shown, for the header of the page. */
  readonly title: Signal<string>;
  /** More about it, in pairs of a name and a text. */
  readonly facts: Signal<readonly (readonly [string, string])[]>;
  readonly entries: EntryList;
  readonly marks: Signal<readonly Mark[]>;
  readonly findings: Signal<readonly Finding[]>;
  /** `open` for a recording. */
  readonly connection: Signal<Connection>;
  /** Returns an entry with its bodies. */
  detail(entry: SessionEntry): Promise<SessionEntry>;
  /** Returns the states of the image of an entry before and after it; `undefined` if it concerns none or they are not known. */
  imageStates(entry: SessionEntry): Promise<ImageStates | undefined>;
  /** Returns the keys of the entries whose bodies contain a text. */
  findInBodies(text: string, side: 'request' | 'response'): Promise<ReadonlySet<string>>;
  close(): void;
}

/** What the page shows; `undefined` until a recording is opened, or a server responds. */
export const session = signal<Session | undefined>(undefined);

/** Shows another session. */
export function showSession(next: Session | undefined): void {
  session.peek()?.close();
  session.value = next;
}

/** The key of an entry: ids are only unique within a world. */
export const keyOf = ({ world, id }: Pick<Entry, 'world' | 'id'>): string => `${world}/${id}`;
