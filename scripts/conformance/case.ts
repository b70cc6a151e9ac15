/** What a request list says; the files are in test/conformance/cases. */
import type { Limits } from '../../src/domain/limits.ts';
import type { FixtureSet } from '../../src/fixtures/fixture-file.ts';

/** One request of a list. */
export interface Step {
  readonly id: string;
  /** One of the people, `demo` when left out; `none` sends no token, `bad` one that is none. */
  readonly as?: string;
  readonly api?: Api;
  readonly method: string;
  /** `{name}` stands for what an earlier step saved, or for what is there from the start; `{in_9_seconds}` for a time. */
  readonly path: string;
  /** `null` takes a header away that would be sent otherwise. */
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly json?: unknown;
  readonly text?: string;
  /** A body of so many `x`. */
  readonly bytes?: number;
  /** Sends the body without saying how long it is. */
  readonly chunked?: boolean;
  /** Keeps members of the JSON answer, by dotted path: `{ "img": "id" }`. */
  readonly save?: Readonly<Record<string, string>>;
  /** Keeps headers of the answer. */
  readonly save_header?: Readonly<Record<string, string>>;
  /** Asks again until a member has one of these values; the last answer counts. */
  readonly poll?: { readonly field: string; readonly is: readonly unknown[]; readonly seconds?: number };
  /** Sends half of the body, waits so many seconds, sends the rest; the list goes on meanwhile. */
  readonly background?: number;
  /** Seconds that pass before. */
  readonly wait?: number;
  /** Housekeeping: not compared. */
  readonly cleanup?: boolean;
}

/** Who somebody is in a cloud. */
export interface Account {
  readonly user: string;
  /** Where the token is good; nowhere when left out. */
  readonly project?: string;
  /** Of both; `Default` when left out. */
  readonly domain?: string;
  /** Where the token is good in place of a project, as log-ins say it. */
  readonly scope?: object;
  readonly password?: string;
}

/** Users that all lists may speak as: their names, projects, and what lists call them. */
export const PEOPLE: Readonly<Record<string, Account>> = {
  demo: { user: 'demo', project: 'demo' },
  demo2: { user: 'demo2', project: 'demo' },
  reader: { user: 'demo_reader', project: 'demo' },
  alt: { user: 'alt_demo', project: 'alt_demo' },
  admin: { user: 'admin', project: 'admin' },
};

export const APIS = ['image', 'compute', 'identity'] as const;
export type Api = (typeof APIS)[number];

/** A request list. */
export interface CaseFile {
  readonly title: string;
  /** What the services are set to when they answer it, beside what is usual; worded as the limits of fixtures. */
  readonly limits?: Partial<Limits>;
  /** Who else speaks, by what the list calls them. */
  readonly people?: Readonly<Record<string, Account>>;
  /** What must be there beforehand that no request makes, beside the users and projects of the default fixtures. */
  readonly fixtures?: Pick<
    Partial<FixtureSet>,
    'images' | 'servers' | 'progress' | 'profiles' | 'stores' | 'roles' | 'domains' | 'projects' | 'users'
  >;
  readonly steps: readonly Step[];
}

/** What came back, made equal where services may differ. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** One answer of a transcript. */
export interface RecordedStep {
  readonly id: string;
  readonly answer: Answer;
}

/** The answers to a request list. */
export interface Transcript {
  readonly title: string;
  /** The service that gave them. */
  readonly server: string;
  readonly steps: readonly RecordedStep[];
}

/** Long values as lists write them: `{"@str": "a", "n": 300}`, `{"@seq": 129, "fmt": "t%d"}`, `{"@props": 129, "fmt": "p%d"}`. */
export function expand(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(expand);
  if (typeof value !== 'object' || value === null) return value;
  const {
    '@str': text,
    '@seq': count,
    '@props': properties,
    n,
    fmt,
    ...rest
  } = value as Readonly<Record<string, unknown>>;
  if (typeof text === 'string') return text.repeat(Number(n));
  const names = (most: unknown): readonly string[] =>
    Array.from({ length: Number(most) }, (_, index) => String(fmt ?? '%d').replace('%d', String(index)));
  if (typeof count === 'number') return names(count);
  const own = Object.fromEntries(Object.entries(value).filter(([key]) => !key.startsWith('@') && key in value));
  if (typeof properties === 'number') {
    return { ...(expand(rest) as object), ...Object.fromEntries(names(properties).map((name) => [name, 'v'])) };
  }
  return Object.fromEntries(Object.entries(own).map(([key, item]) => [key, expand(item)]));
}
