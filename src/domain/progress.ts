import { compileGlob, type TextTest } from '../base/glob.ts';

/** Kinds of tasks. */
export const TASK_KINDS = [
  'upload',
  'stage',
  'import',
  'export',
  'snapshot',
  'copy',
  'share',
  'cache',
  'build',
] as const;
/** Kind of a task. */
export type TaskKind = (typeof TASK_KINDS)[number];

/** What moves a task from its start to its end. */
export type Pace =
  /** Ends before the response to the request that starts it. */
  | { readonly by: 'once' }
  /** Is still running for this many reads of the task or of its image. */
  | { readonly by: 'polls'; readonly polls: number }
  /** Ends after this many seconds of the world's clock. */
  | { readonly by: 'clock'; readonly seconds: number }
  /** Is moved through the admin API. */
  | { readonly by: 'hand' };

/** How a task fails. */
export interface Failure {
  /** Code of the failure; `null` for services without codes. */
  readonly code: string | null;
  /** `null` for the default message of the code. */
  readonly message: string | null;
  /** Percentage of the task at which it fails. Default: at its end. */
  readonly at?: number;
  /** Ids of the stores that fail, for an import into several. Default: all of them. */
  readonly stores?: readonly string[];
}

/** How a task progresses. */
export interface Progress {
  readonly pace: Pace;
  /** Failure that the task ends in. Default: it succeeds. */
  readonly failure?: Failure;
}

/** Which tasks a rule matches: all given members must match. Texts other than the kind are globs. */
export interface TaskMatch {
  readonly kind?: TaskKind;
  /** Dialect that starts the task. */
  readonly api?: string;
  /** Name of the task in that dialect. */
  readonly type?: string;
  /** Id or name of an image that the task works on. */
  readonly image?: string;
  /** Id or name of the project that starts the task. */
  readonly project?: string;
  /** Id or name of the user who starts the task. */
  readonly user?: string;
}

/** How matching tasks progress. */
export interface ProgressRule extends Progress {
  readonly match: TaskMatch;
  /** Number of tasks that the rule applies to before it is removed. Default: all of them. */
  readonly times?: number;
}

/**
 * How tasks progress in a world. Precedence: the first matching rule, the entry of the kind, then the entry `*`. Tasks
 * without an entry end at once. So do uploads and staging, which `*` does not cover: services receive their data while the
 * client waits.
 */
export type ProgressRules = Readonly<Partial<Record<TaskKind | '*', Progress>>> & {
  readonly rules?: readonly ProgressRule[];
};

/** Attributes of a starting task that rules can match. */
export interface TaskSubject {
  readonly kind: TaskKind;
  readonly api: string;
  readonly type: string;
  /** Ids and names of the images that the task works on. */
  readonly images: readonly string[];
  readonly projectId: string;
  readonly projectName: string;
  readonly userId: string;
  readonly userName: string;
}

const AT_ONCE: Progress = { pace: { by: 'once' } };

/** Kinds that `*` does not cover. */
const WITHOUT_DEFAULT: ReadonlySet<TaskKind> = new Set(['upload', 'stage']);

/** Returns the progress of a task: the rule that matches it, or an entry of its kind. */
export function progressOf(rules: ProgressRules, subject: TaskSubject): Progress | ProgressRule {
  const { kind } = subject;
  const rule = rules.rules?.find((each) => testOf(each)(subject));
  return rule ?? rules[kind] ?? (WITHOUT_DEFAULT.has(kind) ? undefined : rules['*']) ?? AT_ONCE;
}

/** The rules after one of them applied to a task; the same object if the number of its applications is unlimited. */
export function afterApplying(rules: ProgressRules, applied: Progress | ProgressRule): ProgressRules {
  const { times } = applied as Partial<ProgressRule>;
  if (times === undefined) return rules;
  const remaining = (rules.rules ?? []).flatMap((rule) => {
    if (rule !== applied) return rule;
    return times > 1 ? { ...rule, times: times - 1 } : [];
  });
  return { ...rules, rules: remaining };
}

const tests = new WeakMap<TaskMatch, (subject: TaskSubject) => boolean>();

/** The compiled test of a rule. */
function testOf({ match }: ProgressRule): (subject: TaskSubject) => boolean {
  let test = tests.get(match);
  if (test === undefined) {
    test = compileTest(match);
    tests.set(match, test);
  }
  return test;
}

function compileTest({ kind, api, type, image, project, user }: TaskMatch): (subject: TaskSubject) => boolean {
  const [fitsApi, fitsType, fitsImage, fitsProject, fitsUser] = [api, type, image, project, user].map(testOfText);
  return (subject) =>
    (kind === undefined || kind === subject.kind) &&
    (fitsApi?.(subject.api) ?? true) &&
    (fitsType?.(subject.type) ?? true) &&
    (fitsImage === undefined || subject.images.some(fitsImage)) &&
    (fitsProject === undefined || fitsProject(subject.projectId) || fitsProject(subject.projectName)) &&
    (fitsUser === undefined || fitsUser(subject.userId) || fitsUser(subject.userName));
}

const testOfText = (glob: string | undefined): TextTest | undefined =>
  glob === undefined ? undefined : compileGlob(glob);
