import { compileGlob, type TextTest } from './glob.ts';

/** What takes time in these services, by what it does. */
export const TASK_KINDS = ['upload', 'stage', 'import', 'export', 'snapshot', 'copy', 'share', 'cache'] as const;
export type TaskKind = (typeof TASK_KINDS)[number];

/** What moves a task from its beginning to its end. */
export type Pace =
  /** Ended by the time its beginning is answered. */
  | { readonly by: 'once' }
  /** So many reads of the task, or of its image, still find it on its way. */
  | { readonly by: 'polls'; readonly polls: number }
  /** Ended so many seconds later, by the world's clock. */
  | { readonly by: 'clock'; readonly seconds: number }
  /** Whoever has the admin API moves it. */
  | { readonly by: 'hand' };

/** How a task fails, in the words and codes of the service that shows it. */
export interface Failure {
  /** `null` for services whose failures have no codes. */
  readonly code: string | null;
  /** `null` for what is usual for the code. */
  readonly message: string | null;
  /** Percent of its way at which it fails; at its end where it is not said. */
  readonly at?: number;
  /** Ids of the stores that take nothing, for an import into several; all of them where it is not said. */
  readonly stores?: readonly string[];
}

/** How a task gets on. */
export interface Progress {
  readonly pace: Pace;
  /** What it ends in, where it does not succeed. */
  readonly failure?: Failure;
}

/** Which tasks a rule is for; all that is given must hold. Texts but for the kind are globs. */
export interface TaskMatch {
  readonly kind?: TaskKind;
  /** Dialect that begins it. */
  readonly api?: string;
  /** What that dialect calls it. */
  readonly type?: string;
  /** Id or name of an image that it works on. */
  readonly image?: string;
  /** Id or name of the project that begins it. */
  readonly project?: string;
  /** Id or name of the user who begins it. */
  readonly user?: string;
}

/** How some tasks get on. */
export interface ProgressRule extends Progress {
  readonly match: TaskMatch;
  /** How many tasks it is for, from now on, until it goes; for all of them where it is not said. */
  readonly times?: number;
}

/**
 * How what takes time gets on in a world: the first rule that fits, else what is said of the kind, else what `*` says of
 * kinds that are not named. What nothing is said of moves at once, and so do uploads and staging unless they are named:
 * the services take these in while the client waits.
 */
export type ProgressRules = Readonly<Partial<Record<TaskKind | '*', Progress>>> & {
  readonly rules?: readonly ProgressRule[];
};

/** A task that begins, as far as rules ask about it. */
export interface TaskSubject {
  readonly kind: TaskKind;
  readonly api: string;
  readonly type: string;
  /** Ids and names of the images that it works on. */
  readonly images: readonly string[];
  readonly projectId: string;
  readonly projectName: string;
  readonly userId: string;
  readonly userName: string;
}

const AT_ONCE: Progress = { pace: { by: 'once' } };

/** Kinds that `*` does not speak of. */
const TAKEN_AT_ONCE: ReadonlySet<TaskKind> = new Set(['upload', 'stage']);

/** How a task gets on, and the rule that says so, if one does. */
export function progressOf(rules: ProgressRules, subject: TaskSubject): Progress | ProgressRule {
  const { kind } = subject;
  const rule = rules.rules?.find((each) => testOf(each)(subject));
  return rule ?? rules[kind] ?? (TAKEN_AT_ONCE.has(kind) ? undefined : rules['*']) ?? AT_ONCE;
}

/** The rules once one of them has taken a task; the same ones where none counts. */
export function afterTaking(rules: ProgressRules, taken: Progress | ProgressRule): ProgressRules {
  const { times } = taken as Partial<ProgressRule>;
  if (times === undefined) return rules;
  const left = (rules.rules ?? []).flatMap((rule) => {
    if (rule !== taken) return rule;
    return times > 1 ? { ...rule, times: times - 1 } : [];
  });
  return { ...rules, rules: left };
}

const tests = new WeakMap<TaskMatch, (subject: TaskSubject) => boolean>();

/** The test of a rule, made once. */
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
