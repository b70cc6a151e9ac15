import type { ImageView } from '../admin/images.ts';
import { canonical } from '../base/json-value.ts';
import type { ClientEnd } from '../client-runs/command.ts';
import type { ClientRun } from '../client-runs/run-client.ts';
import { withoutVolatile } from '../client-runs/volatile.ts';
import type { ChangedRequest, UpgradeVerdict } from './report.ts';

/** A run of the client. */
type CheckedRun = Omit<ClientRun, 'inspected'>;

/** The runs of a check: two in the older release, which tell what differs anyway, and one in the newer one. */
export interface CheckedRuns {
  readonly from: CheckedRun;
  readonly again: CheckedRun;
  readonly to: CheckedRun;
}

/** A verdict and why. */
export interface UpgradeJudgement {
  readonly verdict: UpgradeVerdict;
  readonly reason: string;
}

/** Says what the newer release does to the client. */
export function judge({ from, again, to }: CheckedRuns, requests: readonly ChangedRequest[]): UpgradeJudgement {
  const unusable = [from, again].find((run) => !hasSucceeded(run));
  if (unusable !== undefined) return inconclusive(`in the older release, it ${describeEnd(unusable.end)}`);
  if (to.end.kind === 'aborted') return inconclusive('it was stopped');
  if ([from, again, to].some(({ droppedEntries }) => droppedEntries > 0))
    return inconclusive('it sends more requests than the journal holds');
  if (!hasSucceeded(to)) return { verdict: 'breaks', reason: `in the newer release, it ${describeEnd(to.end)}` };
  const differing = ENDINGS.find(({ of }) => of(from) === of(again) && of(from) !== of(to));
  if (differing !== undefined) return { verdict: 'differs', reason: differing.reason };
  if (requests.length > 0)
    return { verdict: 'survives', reason: `${requests.length} of its requests differ, and it ends alike` };
  return { verdict: 'same', reason: 'its requests and their responses are the same' };
}

const inconclusive = (reason: string): UpgradeJudgement => ({ verdict: 'inconclusive', reason });

const hasSucceeded = ({ end }: CheckedRun): boolean => end.kind === 'exited' && end.exitCode === 0;

/** What two successful runs can differ in. */
const ENDINGS: readonly { readonly reason: string; of(run: CheckedRun): string }[] = [
  { reason: 'it leaves other images', of: ({ images }) => imagesText(images.leftBehind) },
  { reason: 'it deletes other images', of: ({ images }) => imagesText(images.deleted) },
  {
    reason: 'it changes images in another way',
    of: ({ images }) => imagesText(images.changed.map(({ after }) => after)),
  },
  { reason: 'it writes something else to standard output', of: ({ end }) => withoutVolatile(end.stdout.text) },
];

/** Images as a text that is the same for equal ones, whatever their ids and times. */
const imagesText = (images: readonly ImageView[]): string =>
  images
    .map(({ createdAt: _created, updatedAt: _updated, deletedAt: _deleted, ...rest }) =>
      withoutVolatile(canonical(rest)),
    )
    .sort()
    .join('\n');

/** How a command ended, as the end of a sentence that begins with "it". */
export function describeEnd({ kind, exitCode, signal, error, milliseconds }: ClientEnd): string {
  const seconds = Math.round(milliseconds / 1000);
  return {
    exited: `exits with ${exitCode}`,
    signalled: `dies of ${signal}`,
    'timed out': `does not end within ${seconds} s`,
    aborted: 'was stopped',
    'not started': `cannot be started: ${error}`,
  }[kind];
}
