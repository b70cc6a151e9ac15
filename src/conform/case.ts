import type { RequestPattern, Verification } from '../admin/verify.ts';
import type { Json } from '../base/json.ts';
import type { RuleSource } from '../conduct/rule.ts';
import type { Mistake } from './mistakes.ts';
import type { Api, Task } from './tasks.ts';

/** Themes of cases, which `--profile` selects. */
export const PROFILES = [
  'retry',
  'upload',
  'download',
  'paging',
  'auth',
  'states',
  'metadata',
  'sharing',
  'imports',
  'snapshots',
] as const;
/** One of `PROFILES`. */
export type Profile = (typeof PROFILES)[number];

/** What a client program gets for its task. Images, servers and projects are named as in the world of the case. */
export interface CaseInputs {
  /** Name of the image that the task is about: `SIDEGLANCE_IMAGE_ID`. */
  readonly image?: string;
  /** Name of the image to create: `SIDEGLANCE_IMAGE_NAME`. */
  readonly name?: string;
  /** The data to upload, in bytes: `SIDEGLANCE_FILE`. */
  readonly file?: number;
  /** Name of the project to share with: `SIDEGLANCE_MEMBER`. */
  readonly member?: string;
  /** Name of the server: `SIDEGLANCE_SERVER_ID`. */
  readonly server?: string;
  /** `name=value`: `SIDEGLANCE_PROPERTY`. */
  readonly property?: string;
  /** `SIDEGLANCE_TAG`. */
  readonly tag?: string;
  /** Where the data of an import is: `SIDEGLANCE_SOURCE_URL`. */
  readonly source?: string;
  /** Where an export or a copy goes: a container, or a store; `SIDEGLANCE_TARGET`. */
  readonly target?: string;
  /** Seconds that the client may take: `SIDEGLANCE_TIMEOUT`. */
  readonly timeout: number;
}

/** What an image must be. */
export interface ImageState {
  readonly name?: string;
  readonly status?: string;
  readonly visibility?: string;
  readonly protected?: boolean;
  /** Exactly these tags, in any order. */
  readonly tags?: readonly string[];
  /** Properties by name; `null`: absent. */
  readonly properties?: Readonly<Record<string, string | null>>;
  /** Status of the project to share with among the members; `absent`: it is no member. */
  readonly member?: string;
  /** The data is that of `SIDEGLANCE_FILE`. */
  readonly data?: 'file';
}

/** What must be in `SIDEGLANCE_OUTPUT`: ids of the images that a glob names, the data or nothing, the created id, or the member. */
export type OutputCheck =
  | { readonly images: string }
  | { readonly data: 'whole' | 'none' }
  | { readonly id: 'created' }
  | { readonly contains: 'member' }
  | { readonly lines: number };

/** How many: a number, or limits. */
export type Count = number | { readonly atLeast?: number; readonly atMost?: number };

/** What must be true after a run. */
export interface Checks {
  /** What the journal must show. */
  readonly requests?: readonly Verification[];
  /** The image that the task is about: `unchanged` when omitted. */
  readonly target?: 'unchanged' | 'gone' | 'any' | ImageState;
  /** How many images there are that were not there before: none when omitted. */
  readonly created?: Count;
  /** What each of them must be. */
  readonly createdAs?: ImageState;
  readonly output?: OutputCheck;
}

/** What a correct client does, as checks. */
export interface Expectations extends Checks {
  /** What the client must report; `either`: both are right, if they are true. */
  readonly exit: 'success' | 'failure' | 'either';
  /** Ids of rules of conduct that decide this case: any finding fails it. */
  readonly conduct?: readonly string[];
  /** Ids of rules of conduct that do not fit this case: what they find is right here. */
  readonly ignore?: readonly string[];
  /** In addition, if the client reported success. */
  readonly succeeded?: Checks;
  /** In addition, if the client reported a failure. */
  readonly failed?: Checks;
}

/** One case: a task in a world with faults, and what a correct client does. */
export interface ConformCase {
  /** `image-v2.retry.list-503-seconds`. */
  readonly id: string;
  /** Grows when the case changes in a way that can change a verdict. */
  readonly version: number;
  readonly profile: Profile;
  readonly api: Api;
  readonly task: Task;
  /** What happens, in one sentence. */
  readonly title: string;
  /** What a correct client does, in one sentence. */
  readonly correct: string;
  readonly sources: readonly RuleSource[];
  /** Mistakes of clients that fail the case. */
  readonly finds: readonly Mistake[];
  readonly inputs: CaseInputs;
  /** The user who logs in; `demo` when omitted. */
  readonly user?: string;
  /** Fixtures of its world. */
  readonly world: Json;
  /** Rules as in a scenario file. */
  readonly faults: readonly Json[];
  /** Requests without which the case says nothing about a client, such as the natural 403 of a protected image. */
  readonly met: readonly RequestPattern[];
  readonly expect: Expectations;
  /** File that defines it. */
  readonly place: string;
}
