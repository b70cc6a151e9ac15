import type { ComparedObject } from '../client-runs/object-outcome.ts';
import type { ClientRun } from '../client-runs/run-client.ts';
import type { Baseline } from './baseline.ts';
import { describeEnd, isUnknown, type Judgement } from './judgement.ts';
import type { DifferingObject, ObjectDifferences } from './object-differences.ts';

/** A run, the baseline, and how they differ in what is no image. */
export interface JudgedObjects {
  readonly run: ClientRun;
  readonly baseline: Baseline;
  readonly differences: ObjectDifferences;
}

/** Compares what a run did to the objects of its world with the baseline. */
export const differingObjects = (run: ClientRun, baseline: Baseline): JudgedObjects => ({
  run,
  baseline,
  differences: baseline.objectComparison.compare(baseline.objects, run.objects),
});

/** Tasks are the service's notes of work, and nobody has to delete them. */
const isLeft = ({ kind }: ComparedObject): boolean => kind !== 'task';

/** Objects that the baseline does not leave, whatever the client reported. */
export function judgeSurplusObjects({ run, baseline, differences }: JudgedObjects): Judgement | undefined {
  const object = differences.surplus.find(isLeft);
  if (object === undefined) return undefined;
  const identity = baseline.objectComparison.identityOf(object);
  const count = (objects: readonly ComparedObject[]): number =>
    objects.filter((other) => baseline.objectComparison.identityOf(other) === identity).length;
  const [created, expected] = [count(run.objects.created), count(baseline.objects.created)];
  const reason = `${describeEnd(run)}; ${describeObject(object)} is left behind`;
  return expected > 0 && created > expected
    ? { verdict: 'duplicated', reason: `${reason}, there are ${created} instead of ${expected}` }
    : { verdict: 'leaked', reason };
}

/** The client reports a failure, and leaves behind what it does not know, or what has failed. */
export function judgeLeftObjects({ run, differences }: JudgedObjects): Judgement | undefined {
  if (run.end.exitCode === 0) return undefined;
  const failed = differences.differing.find(({ found, members }) => isLeft(found) && members.includes('status'))?.found;
  const unknown = run.objects.created.find(
    (object) => isLeft(object) && hasDrawnId(object) && isUnknown(object.id, run.entries),
  );
  const object = failed ?? unknown;
  if (object === undefined) return undefined;
  const reason = `${describeEnd(run)}; ${describeObject(object)} is left behind`;
  const isHidden = hasDrawnId(object) && isUnknown(object.id, run.entries);
  return { verdict: 'leaked', reason: isHidden ? `${reason}, and the client does not know its id` : reason };
}

/** Objects of the start that are gone, whatever the client reported. */
export function judgeLostObjects({ run, differences }: JudgedObjects): Judgement | undefined {
  const [gone] = differences.deleted;
  return gone && { verdict: 'lost data', reason: `${describeEnd(run)}; ${describeObject(gone)} was deleted` };
}

/** The client reports success, so everything has to be as in the baseline. */
export function judgeUnnoticedObjects({ differences }: JudgedObjects): Judgement | undefined {
  const { absent, differing, kept } = differences;
  const missing = absent.find(isLeft) ?? absent[0];
  if (missing !== undefined)
    return { verdict: 'lost data', reason: `exit 0; ${describeObject(missing)} does not exist` };
  const [other] = differing;
  if (other !== undefined) return { verdict: 'survived', reason: `exit 0, unnoticed; ${describeDifference(other)}` };
  const [still] = kept;
  return still && { verdict: 'survived', reason: `exit 0, unnoticed; ${describeObject(still)} still exists` };
}

/** Whether the service draws the id, so that a client has to be told. */
const hasDrawnId = ({ id }: ComparedObject): boolean => /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i.test(id);

const describeObject = ({ kind, id, name }: ComparedObject): string =>
  name === null || name === id ? `${kind} ${id}` : `${kind} ${id} (${name})`;

const describeDifference = ({ found, members }: DifferingObject): string =>
  `${describeObject(found)} has another ${members.join(', ')}`;
