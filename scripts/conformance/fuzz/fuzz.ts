import type { CaseFile, RecordedStep, Step } from '../case.ts';
import { compare } from '../compare.ts';
import { type FuzzDifference, withKinds } from './kind.ts';
import { minimise } from './minimise.ts';
import type { Sequences } from './sequence.ts';

/** Sends a list to a cloud. */
export type Play = (file: CaseFile) => Promise<readonly RecordedStep[]>;

/** What the fuzzer works with. */
export interface FuzzOptions {
  readonly sequences: Pick<Sequences, 'make'>;
  /** Number of requests, without those that clean up. */
  readonly count: number;
  readonly reference: Play;
  readonly subject: Play;
  /** Why a difference is intended; `undefined` if it is not. */
  reasonFor(difference: FuzzDifference): string | undefined;
  /** Receives each kind of difference, once it is reduced. */
  onFound(found: FoundKind): void;
  /** Receives the number of requests so far, and errors of sequences that could not be sent. */
  onProgress?(requests: number, error?: Error): void;
}

/** A kind of difference with the shortest sequence that shows it. */
export interface FoundKind {
  readonly difference: FuzzDifference;
  readonly file: CaseFile;
  /** Responses of the reference to the sequence. */
  readonly expected: readonly RecordedStep[];
}

/** What a run found. */
export interface FuzzResult {
  /** Requests that were sent to both clouds and compared. */
  readonly requests: number;
  readonly kinds: readonly FoundKind[];
  /** How many differences each reason explains. */
  readonly known: ReadonlyMap<string, number>;
  /** Kinds that a second run of the same sequence did not show. */
  readonly unrepeatable: readonly FuzzDifference[];
  /** Sequences that could not be sent. */
  readonly failures: number;
}

/** Sends random sequences to two clouds, and reduces each kind of difference to its shortest sequence. */
export async function fuzz(options: FuzzOptions): Promise<FuzzResult> {
  const run = new FuzzRun(options);
  for (let index = 0; run.requests < options.count; index += 1) await run.sequence(index);
  return run;
}

class FuzzRun implements FuzzResult {
  readonly #options: FuzzOptions;
  readonly #seen = new Set<string>();
  readonly kinds: FoundKind[] = [];
  readonly known = new Map<string, number>();
  readonly unrepeatable: FuzzDifference[] = [];
  requests = 0;
  failures = 0;

  constructor(options: FuzzOptions) {
    this.#options = options;
  }

  /** Plays one sequence. */
  async sequence(index: number): Promise<void> {
    const file = this.#options.sequences.make(index);
    this.requests += file.steps.filter(({ cleanup }) => cleanup !== true).length;
    try {
      for (const difference of (await this.#play(file)).differences) await this.#examine(difference, file);
      this.#options.onProgress?.(this.requests);
    } catch (error) {
      this.failures += 1;
      this.#options.onProgress?.(this.requests, error as Error);
    }
  }

  async #play(file: CaseFile) {
    const [reference, subject] = await Promise.all([this.#options.reference(file), this.#options.subject(file)]);
    const differences = withKinds(compare(reference, subject), file.steps, reference, subject);
    return { reference, differences };
  }

  async #examine(difference: FuzzDifference, file: CaseFile): Promise<void> {
    const reason = this.#options.reasonFor(difference);
    if (reason !== undefined) this.known.set(reason, (this.known.get(reason) ?? 0) + 1);
    if (reason !== undefined || this.#seen.has(difference.kind)) return;
    this.#seen.add(difference.kind);
    const found = await this.#reduce(difference, file);
    if (found === undefined) {
      this.unrepeatable.push(difference);
      return;
    }
    this.kinds.push(found);
    this.#options.onFound(found);
  }

  /** Drops all steps that a difference does not need; `undefined` if it does not show again. */
  async #reduce(difference: FuzzDifference, file: CaseFile): Promise<FoundKind | undefined> {
    const { request, kind } = difference;
    const before = file.steps.slice(0, file.steps.indexOf(request)).filter(({ cleanup }) => cleanup !== true);
    const withSteps = (steps: readonly Step[]): CaseFile => withCleanup(file, [...steps, request]);
    let expected: readonly RecordedStep[] = [];
    const shows = async (steps: readonly Step[]): Promise<boolean> => {
      const { reference, differences } = await this.#play(withSteps(steps));
      const isShown = differences.some((each) => each.step === request.id && each.kind === kind);
      if (isShown) expected = reference;
      return isShown;
    };
    if (!(await shows(before))) return undefined;
    const steps = await minimise(before, shows);
    return { difference, file: { ...withSteps(steps), title: `Found by chance: ${kind.slice(0, 100)}` }, expected };
  }
}

/** A list of some steps, and of the clean-up of what they create. */
function withCleanup(file: CaseFile, steps: readonly Step[]): CaseFile {
  const saved = new Set(steps.flatMap(({ save, save_header: headers }) => Object.keys({ ...save, ...headers })));
  const isNeeded = ({ path }: Step): boolean =>
    [...path.matchAll(/\{([a-z]+\d+)\}/g)].every(([, name]) => name !== undefined && saved.has(name));
  return { ...file, steps: [...steps, ...file.steps.filter((step) => step.cleanup === true && isNeeded(step))] };
}
