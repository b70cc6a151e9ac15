import type { ImageView } from '../admin/images.ts';
import type { ClientRun } from '../client-runs/run-client.ts';
import { type Baseline, countsOf, retriedIn } from './baseline.ts';
import type { DifferingImage, ImageDifferences, ImageMember } from './image-differences.ts';
import {
  differingObjects,
  judgeLeftObjects,
  judgeLostObjects,
  judgeSurplusObjects,
  judgeUnnoticedObjects,
} from './judge-objects.ts';
import { describeEnd, isUnknown, type Judgement } from './judgement.ts';
import type { SweepPoint } from './points.ts';
import { crashOf } from './traces.ts';

/** What a verdict is about. */
export interface JudgedRun {
  readonly point: SweepPoint;
  readonly run: ClientRun;
  /** Whether the fault fired. */
  readonly hasFired: boolean;
  readonly baseline: Baseline;
}

/** Members that tell whether an image has its data. */
const DATA_MEMBERS: ReadonlySet<ImageMember> = new Set(['status', 'size', 'checksum', 'hashValue']);

/** Judges a run with one fault, by how the client ended, by its requests, and by images and other objects, compared with the baseline. */
export function judge(judged: JudgedRun): Judgement {
  const early = judgeEnd(judged);
  if (early !== undefined) return early;
  const { run, baseline } = judged;
  const differences = baseline.comparison.compare(baseline.images, run.images);
  const objects = differingObjects(run, baseline);
  return (
    judgeSurplus(judged, differences) ??
    judgeSurplusObjects(objects) ??
    judgeLeftovers(judged, differences) ??
    judgeLeftObjects(objects) ??
    judgeLoss(judged, differences) ??
    judgeLostObjects(objects) ??
    (run.end.exitCode === 0
      ? (judgeUnnoticed(judged, differences) ?? judgeUnnoticedObjects(objects) ?? judgeSuccess(judged))
      : judgeFailure(judged, differences))
  );
}

function judgeEnd(judged: JudgedRun): Judgement | undefined {
  const { run, hasFired } = judged;
  const { end, droppedEntries } = run;
  if (end.kind === 'not started') return { verdict: 'inconclusive', reason: `could not be started: ${end.error}` };
  if (end.kind === 'aborted') return { verdict: 'inconclusive', reason: 'the sweep was stopped' };
  if (droppedEntries > 0) return { verdict: 'inconclusive', reason: 'the journal dropped requests' };
  if (!hasFired) return { verdict: 'not reached', reason: `the fault did not fire; ${describeEnd(run)}` };
  if (end.kind === 'timed out') return { verdict: 'hung', reason: describeHang(run) };
  const crash = crashOf(end);
  return crash === undefined ? undefined : { verdict: 'crashed', reason: crash + leftBy(judged) };
}

/** Names an image that a crashed client leaves behind and the baseline does not. */
function leftBy({ run, baseline }: JudgedRun): string {
  const { surplus, differing } = baseline.comparison.compare(baseline.images, run.images);
  const image = surplus[0] ?? differing.find(({ members }) => members.includes('status'))?.found;
  return image === undefined ? '' : `; ${describeImage(image)} is left behind`;
}

/** Images that the baseline does not leave, whatever the client reported. */
function judgeSurplus({ run, baseline }: JudgedRun, { surplus }: ImageDifferences): Judgement | undefined {
  const [image] = surplus;
  if (image === undefined) return undefined;
  const identity = baseline.comparison.identityOf(image);
  const count = (images: readonly ImageView[]): number =>
    images.filter((other) => baseline.comparison.identityOf(other) === identity).length;
  const [created, expected] = [count(run.images.created), count(baseline.images.created)];
  const reason = `${describeEnd(run)}; ${describeImage(image)} is left behind`;
  if (created > expected)
    return { verdict: 'duplicated', reason: `${reason}, created ${created} times instead of ${expected}` };
  if (!wasRefused(run, image)) return { verdict: 'leaked', reason };
  return run.end.exitCode === 0
    ? { verdict: 'survived', reason: `exit 0, unnoticed; ${describeImage(image)} still exists` }
    : {
        verdict: 'handled',
        reason: `reported a failure: ${describeEnd(run)}; ${describeImage(image)} was not deleted`,
      };
}

/** Statuses that the same deletion gets again. */
const REFUSALS: ReadonlySet<number> = new Set([403, 404]);

/** Whether the fault was that an image cannot be deleted: the client has to report it, and can do nothing else. */
const wasRefused = ({ entries }: ClientRun, { id }: ImageView): boolean =>
  entries.some(
    ({ method, url, status, fault }) =>
      method === 'DELETE' && fault !== undefined && REFUSALS.has(status) && url.includes(id),
  );

/** The client reports a failure, and leaves behind what is unfinished or what it does not know. */
function judgeLeftovers({ run }: JudgedRun, { differing }: ImageDifferences): Judgement | undefined {
  if (run.end.exitCode === 0) return undefined;
  const unfinished = differing.find(({ members }) => members.includes('status'))?.found;
  const unknown = run.images.leftBehind.find(({ id }) => isUnknown(id, run.entries));
  const image = unfinished ?? unknown;
  if (image === undefined) return undefined;
  const reason = `${describeEnd(run)}; ${describeImage(image)} is left behind`;
  const isHidden = isUnknown(image.id, run.entries);
  return { verdict: 'leaked', reason: isHidden ? `${reason}, and the client does not know its id` : reason };
}

/** Data that was there at the start and is gone, whatever the client reported. */
function judgeLoss({ run }: JudgedRun, { deleted, changed }: ImageDifferences): Judgement | undefined {
  const [gone] = deleted;
  if (gone !== undefined)
    return { verdict: 'lost data', reason: `${describeEnd(run)}; ${describeImage(gone)} was deleted` };
  const damaged = changed.find((image) => image.members.some((member) => isLost(image, member)));
  if (damaged === undefined) return undefined;
  return { verdict: 'lost data', reason: `${describeEnd(run)}; ${describeDifference(damaged)}` };
}

/** Whether a member of an image of the start says that its data is gone. */
const isLost = ({ expected, found }: DifferingImage, member: ImageMember): boolean =>
  DATA_MEMBERS.has(member) && member !== 'status' && expected[member] !== null && expected[member] !== found[member];

/** Conduct rules that say that a client which reports success has wrong data. */
const DATA_RULES: ReadonlySet<string> = new Set([
  'download-corruption-unnoticed',
  'download-cut-unnoticed',
  'retry-body-cut-short',
  'retry-body-changed',
]);

/** The client reports success, so all images have to be as in the baseline. */
function judgeUnnoticed(
  { run, baseline }: JudgedRun,
  { absent, differing, kept, changed }: ImageDifferences,
): Judgement | undefined {
  const [missing] = absent;
  if (missing !== undefined)
    return { verdict: 'lost data', reason: `exit 0; ${describeImage(missing)} does not exist` };
  const incomplete = differing.find(({ members }) => members.some((member) => DATA_MEMBERS.has(member)));
  if (incomplete !== undefined) return { verdict: 'lost data', reason: `exit 0; ${describeDifference(incomplete)}` };
  const finding = run.conduct.findings.find(({ rule }) => DATA_RULES.has(rule) && !baseline.findings.has(rule));
  if (finding !== undefined) return { verdict: 'lost data', reason: `exit 0; ${finding.rule}: ${finding.message}` };
  const [other = changed[0]] = differing;
  if (other !== undefined) return { verdict: 'survived', reason: `exit 0, unnoticed; ${describeDifference(other)}` };
  const [still] = kept;
  return still && { verdict: 'survived', reason: `exit 0, unnoticed; ${describeImage(still)} still exists` };
}

/** The client reports success, and everything is as in the baseline. */
function judgeSuccess(judged: JudgedRun): Judgement {
  if (hasReacted(judged))
    return { verdict: 'handled', reason: 'exit 0 after another attempt; everything as without the fault' };
  // The second answer is an error about what the first one did, and there is nothing to do about it.
  if (judged.point.phase === 'twice') return { verdict: 'handled', reason: 'exit 0; everything as without the fault' };
  return { verdict: 'survived', reason: 'exit 0 without another attempt, as if nothing had happened' };
}

/** The client reports a failure, so nothing that was there may be damaged. */
function judgeFailure({ run }: JudgedRun, { differing }: ImageDifferences): Judgement {
  const damaged = differing.find(({ members }) => members.some((member) => DATA_MEMBERS.has(member)));
  if (damaged === undefined) return { verdict: 'handled', reason: `reported a failure: ${describeEnd(run)}` };
  return { verdict: 'lost data', reason: `${describeEnd(run)}; ${describeDifference(damaged)}` };
}

/** Whether the client sent more requests of some kind than without the fault, or repeated one that had failed. */
function hasReacted({ run, baseline }: JudgedRun): boolean {
  const counts = countsOf(run);
  const hasMore = [...counts].some(([operation, count]) => {
    const usual = baseline.counts.get(operation);
    const isKnown = usual !== undefined || !baseline.calls.some((call) => call.operation === operation);
    return isKnown && count > (usual ?? 0);
  });
  return hasMore || retriedIn(run).some((operation) => !baseline.retried.has(operation));
}

/** Says how long a client ran, and what it did last: it waits for a response, or sends requests for ever. */
function describeHang({ end, entries }: ClientRun): string {
  const limit = `did not end within ${(end.milliseconds / 1000).toFixed(1)} s`;
  const last = entries.at(-1);
  return last === undefined ? limit : `${limit}; last of ${entries.length} requests: ${last.operation ?? last.method}`;
}

const describeImage = ({ id, name, status }: ImageView): string => `image ${id} (${name ?? 'no name'}, ${status})`;

/** Members that a reason names. */
const MAX_MEMBERS = 2;

/** Characters of a value that a reason keeps, so that digests do not fill it. */
const MAX_VALUE = 40;

function describeDifference({ expected, found, members }: DifferingImage): string {
  const parts = members
    .slice(0, MAX_MEMBERS)
    .map((member) => `${member} ${shorten(found[member])} instead of ${shorten(expected[member])}`);
  const more = members.length > MAX_MEMBERS ? ` and ${members.length - MAX_MEMBERS} more differences` : '';
  return `image ${found.id} has ${parts.join(', ')}${more}`;
}

function shorten(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE)}...` : text;
}
