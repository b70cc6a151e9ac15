/** The format of the request lists in test/conformance/cases. */
import { FIRST_RELEASE, type Release } from '../../src/base/release.ts';
import type { Limits } from '../../src/domain/limits.ts';
import type { FixtureSet } from '../../src/fixtures/fixture-set.ts';

/** One request of a list. */
export interface Step {
  readonly id: string;
  /** Who sends it, `demo` when omitted; `none` sends no token, `bad` an invalid one, `{name}` a saved one. */
  readonly as?: string;
  readonly api?: Api;
  readonly method: string;
  /** `{name}` refers to a saved or predefined value, `{in_9_seconds}` to a time. */
  readonly path: string;
  /** `null` removes a default header; several values repeat a header. */
  readonly headers?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly json?: unknown;
  readonly text?: string;
  /** A body of these bytes, in hexadecimal. */
  readonly hex?: string;
  /** A body of this many `x`. */
  readonly bytes?: number;
  /** A body of `size` zero bytes, with bytes in hexadecimal at some offsets: enough of a disk image to be taken for one. */
  readonly image?: Readonly<Record<string, number | string>>;
  /** Who else vouches for the request, with a token in X-Service-Token. */
  readonly service?: string;
  /** Sends the body chunked. */
  readonly chunked?: boolean;
  /** Saves members of the JSON response, by dotted path: `{ "img": "id" }`. */
  readonly save?: Readonly<Record<string, string>>;
  /** Saves headers of the response. */
  readonly save_header?: Readonly<Record<string, string>>;
  /** Repeats the request until a member has one of these values; the last response counts. */
  readonly poll?: { readonly field: string; readonly is: readonly unknown[]; readonly seconds?: number };
  /** Sends half of the body, and the rest after this many seconds, while the next steps run. */
  readonly background?: number;
  /** Seconds to wait before the request. */
  readonly wait?: number;
  /** Clean-up: the response is not compared. */
  readonly cleanup?: boolean;
  /** Compares the lists in the response without their order, which the service leaves to chance. */
  readonly unordered?: boolean;
}

/** A user with the scope of its token. */
export interface Account {
  readonly user: string;
  /** Scope of the token; unscoped when omitted. */
  readonly project?: string;
  /** Domain of user and project; `Default` when omitted. */
  readonly domain?: string;
  /** A scope other than a project, as in the login request. */
  readonly scope?: object;
  readonly password?: string;
}

/** The accounts that all lists share, by their name in lists. */
export const PEOPLE: Readonly<Record<string, Account>> = {
  demo: { user: 'demo', project: 'demo' },
  demo2: { user: 'demo2', project: 'demo' },
  reader: { user: 'demo_reader', project: 'demo' },
  alt: { user: 'alt_demo', project: 'alt_demo' },
  admin: { user: 'admin', project: 'admin' },
};

/** APIs that steps send requests to. */
export const APIS = ['image', 'compute', 'identity'] as const;
/** One of `APIS`. */
export type Api = (typeof APIS)[number];

/** A request list. */
export interface CaseFile {
  readonly title: string;
  /** Releases of the services that were recorded; Zed alone when omitted. */
  readonly releases?: readonly Release[];
  /** Headers of all steps; those of a step take precedence. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Limits of the services that differ from the default, as in fixtures. */
  readonly limits?: Partial<Limits>;
  /** More people, by their name in the list. */
  readonly people?: Readonly<Record<string, Account>>;
  /** Fixtures that the list needs, in addition to the users and projects of the default fixtures. */
  readonly fixtures?: Pick<
    Partial<FixtureSet>,
    'images' | 'flavors' | 'servers' | 'progress' | 'profiles' | 'stores' | 'roles' | 'domains' | 'projects' | 'users'
  >;
  readonly steps: readonly Step[];
}

/** A normalized response. */
export interface NormalizedResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** A recorded response. */
export interface RecordedStep {
  readonly id: string;
  readonly answer: NormalizedResponse;
}

/** The recorded responses to a request list. */
export interface Transcript {
  readonly title: string;
  /** Name and version of the recorded service. */
  readonly server: string;
  readonly steps: readonly RecordedStep[];
}

/** Returns the releases that a list was recorded on. */
export const releasesOf = ({ releases = [FIRST_RELEASE] }: CaseFile): readonly Release[] => releases;

/** Expands the short forms of long values: `{"@str": "a", "n": 300}`, `{"@seq": 129, "fmt": "t%d"}`, `{"@props": 129, "fmt": "p%d"}`. */
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
  const names = (total: unknown): readonly string[] =>
    Array.from({ length: Number(total) }, (_, index) => String(fmt ?? '%d').replace('%d', String(index)));
  if (typeof count === 'number') return names(count);
  const own = Object.fromEntries(Object.entries(value).filter(([key]) => !key.startsWith('@') && key in value));
  if (typeof properties === 'number') {
    return { ...(expand(rest) as object), ...Object.fromEntries(names(properties).map((name) => [name, 'v'])) };
  }
  return Object.fromEntries(Object.entries(own).map(([key, item]) => [key, expand(item)]));
}
