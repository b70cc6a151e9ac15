import type { ImageView } from '../admin/images.ts';
import type { ImageOutcome } from '../client-runs/image-outcome.ts';
import type { ObjectOutcome } from '../client-runs/object-outcome.ts';
import type { ClientRun } from '../client-runs/run-client.ts';
import { callsOf, type SweepCall } from './calls.ts';
import { ImageComparison, type ImageMember } from './image-differences.ts';
import { learnObjects, type ObjectComparison } from './object-differences.ts';

/** What the client does without a fault, from two runs. */
export interface Baseline {
  /** The calls that both runs made, in the order of the first one. */
  readonly calls: readonly SweepCall[];
  /** Requests by operation, for operations that both runs sent equally often. */
  readonly counts: ReadonlyMap<string, number>;
  /** Operations of which the client repeats failed requests even without a fault. */
  readonly retried: ReadonlySet<string>;
  readonly images: ImageOutcome;
  readonly comparison: ImageComparison;
  /** What it does to servers, users, metadata definitions and whatever else is no image. */
  readonly objects: ObjectOutcome;
  readonly objectComparison: ObjectComparison;
  /** Ids of conduct rules that the client breaks without a fault. */
  readonly findings: ReadonlySet<string>;
  /** Milliseconds of the slower run. */
  readonly milliseconds: number;
  /** What the client writes to standard output; `undefined` if it differs between the runs. */
  readonly output: string | undefined;
  /** What differs between the runs, in sentences. */
  readonly notes: readonly string[];
}

/** The client cannot be swept, because it fails without a fault or does something else in each run. */
export class BaselineError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BaselineError';
  }
}

/**
 * Learns from two runs without a fault what the client does.
 * @throws BaselineError if one of them fails, if they have no call in common, or if they leave different images.
 */
export function learnBaseline(first: ClientRun, second: ClientRun): Baseline {
  for (const run of [first, second]) assertSuccess(run);
  const unstable = unstableMembers(first.images, second.images);
  const calls = stableCalls(callsOf(first.entries), callsOf(second.entries));
  const objects = learnObjects(first.objects, second.objects);
  if (calls.length === 0) throw new BaselineError(NO_CALLS);
  const counts = [countsOf(first), countsOf(second)] as const;
  const equal = [...counts[0]].filter(([operation, count]) => counts[1].get(operation) === count);
  const varying = [...new Set([...counts[0].keys(), ...counts[1].keys()])].filter(
    (operation) => counts[0].get(operation) !== counts[1].get(operation),
  );
  return {
    calls,
    counts: new Map(equal),
    retried: new Set([first, second].flatMap(retriedIn)),
    images: first.images,
    comparison: new ImageComparison(unstable),
    objects: first.objects,
    objectComparison: objects.comparison,
    findings: new Set([first, second].flatMap(({ conduct }) => conduct.findings.map(({ rule }) => rule))),
    milliseconds: Math.max(first.end.milliseconds, second.end.milliseconds),
    output: first.end.stdout.text === second.end.stdout.text ? first.end.stdout.text : undefined,
    notes: [
      ...varying.map((operation) => `the number of requests to ${operation} varies`),
      ...[...unstable].map((member) => `the ${member} of its images varies, and is not compared`),
      ...objects.notes,
    ],
  };
}

const NO_CALLS =
  'without a fault, the command sends no request that a fault could hit; its environment has the addresses, as "sideglance env" prints them';

/** Requests by operation. */
export function countsOf({ entries }: Pick<ClientRun, 'entries'>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { operation } of entries) {
    if (operation !== null) counts.set(operation, (counts.get(operation) ?? 0) + 1);
  }
  return counts;
}

/** Operations of which a run repeated failed requests. */
export const retriedIn = ({ entries }: Pick<ClientRun, 'entries'>): readonly string[] =>
  entries.flatMap(({ operation, attempt }) => (attempt > 1 && operation !== null ? [operation] : []));

function assertSuccess({ end, droppedEntries }: ClientRun): void {
  if (end.kind === 'exited' && end.exitCode === 0) {
    if (droppedEntries === 0) return;
    throw new BaselineError('without a fault, the command sends more requests than the journal holds');
  }
  const how = {
    exited: `exits with ${end.exitCode}`,
    signalled: `dies of ${end.signal}`,
    'timed out': `does not end within ${Math.round(end.milliseconds / 1000)} s`,
    aborted: 'was stopped',
    'not started': `cannot be started: ${end.error}`,
  }[end.kind];
  const output = end.stderr.text.trim() || end.stdout.text.trim();
  throw new BaselineError(`without a fault, the command ${how}${output === '' ? '' : `\n${output.slice(-2000)}`}`);
}

/** The calls of the first run that the second one made as well. Times and bodies that differ do not count in their basis. */
function stableCalls(first: readonly SweepCall[], second: readonly SweepCall[]): readonly SweepCall[] {
  const others = new Map(second.map((call) => [call.name, call]));
  return first.flatMap((call) => {
    const other = others.get(call.name);
    if (other === undefined) return [];
    return [other.basis === call.basis ? call : { ...call, basis: 'varies' }];
  });
}

/** Members of created and changed images that differ between the runs. @throws BaselineError for different images. */
function unstableMembers(first: ImageOutcome, second: ImageOutcome): ReadonlySet<ImageMember> {
  const kinds = ['leftBehind', 'created', 'deleted', 'changed'] as const;
  const kind = kinds.find((name) => first[name].length !== second[name].length);
  if (kind !== undefined) {
    const words = { leftBehind: 'left behind', created: 'created', deleted: 'deleted', changed: 'changed' }[kind];
    const [one, other] = [first[kind].length, second[kind].length];
    throw new BaselineError(`two runs without a fault differ: ${one} and ${other} images were ${words}`);
  }
  const strict = new ImageComparison();
  const pairs = [
    ...pairsOf(first.leftBehind, second.leftBehind),
    ...pairsOf(
      first.changed.map(({ after }) => after),
      second.changed.map(({ after }) => after),
    ),
  ];
  return new Set(pairs.flatMap(([left, right]) => strict.differingMembers(left, right)));
}

/** Pairs images of two runs: by id, which depends on the name, and the others in order of their content. */
function pairsOf(first: readonly ImageView[], second: readonly ImageView[]) {
  const byId = new Map(second.map((image) => [image.id, image]));
  const ids = new Set(first.map(({ id }) => id));
  const alone = first.filter(({ id }) => !byId.has(id));
  const others = second.filter(({ id }) => !ids.has(id));
  return [
    ...first.flatMap((image) => {
      const same = byId.get(image.id);
      return same === undefined ? [] : [[image, same] as const];
    }),
    ...alone.flatMap((image, index) => {
      const other = others[index];
      return other === undefined ? [] : [[image, other] as const];
    }),
  ];
}
