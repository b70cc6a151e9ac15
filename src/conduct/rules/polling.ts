import { isObject } from '../../base/json.ts';
import type { ConductClient } from '../client.ts';
import type { ConductRequest } from '../request.ts';
import { seconds, waitBetween } from '../request.ts';
import { type ConductRule, judgeEach } from '../rule.ts';
import { SOURCES } from '../sources.ts';

/** Polls closer together than this are too many, in milliseconds. */
const TOO_OFTEN = 200;
/** Statuses of images, tasks, servers and jobs that do not change on their own. */
const TERMINAL: ReadonlySet<string> = new Set([
  'active',
  'killed',
  'deleted',
  'deactivated',
  'error',
  'success',
  'failure',
  'fail',
  'failed',
  'shutoff',
]);

/** Reads further apart than this are no polls, in milliseconds. */
const PAUSE = 60_000;
/** A client may look at the final status this often. */
const MAX_FINAL = 4;

/** Successive reads of the same thing with one token, between which the client only polls other things. */
function polls(client: ConductClient): readonly (readonly ConductRequest[])[] {
  const runs = new Map<string, ConductRequest[]>();
  const all: ConductRequest[][] = [];
  for (const request of client.requests) {
    if (request.isDiscovery || request.isLogin) continue;
    // The next read may have another reason.
    if (!isPoll(request)) runs.clear();
    else {
      const run = runs.get(request.key);
      if (run !== undefined && continues(client, run, request)) run.push(request);
      else {
        const first = [request];
        runs.set(request.key, first);
        all.push(first);
      }
    }
  }
  return all;
}

const isPoll = (request: ConductRequest): boolean => request.method === 'GET' && !request.isDownload && isOne(request);

const continues = (client: ConductClient, run: readonly ConductRequest[], next: ConductRequest): boolean => {
  const last = run.at(-1) as ConductRequest;
  return client.isSuccessor(last, next) && waitBetween(last, next) < PAUSE;
};

/** Whether a request reads one thing and not a list. */
const isOne = ({ operation }: ConductRequest): boolean => operation?.path.endsWith('}') === true;

/** Whether each pause is at least a fifth longer than the one before, so that polls become rare soon. */
function hasGrowingPauses(run: readonly ConductRequest[]): boolean {
  const pauses = run.slice(1).map((poll, at) => waitBetween(run[at] as ConductRequest, poll));
  return pauses.every((pause, at) => at === 0 || pause >= Math.min(TOO_OFTEN, (pauses[at - 1] as number) * 1.2));
}

/** The status that a response shows, in lower case; with the work that is still going on. */
function statusOf({ responseJson, status }: ConductRequest): string {
  if (status === 404 || status === 410) return String(status);
  if (!isObject(responseJson)) return '';
  const thing = typeof responseJson['status'] === 'string' ? responseJson : Object.values(responseJson).find(isObject);
  const shown = thing?.['status'];
  if (typeof shown !== 'string') return '';
  const work = [thing?.['OS-EXT-STS:task_state'], thing?.['os_glance_importing_to_stores']];
  const [running] = work.filter((each) => typeof each === 'string' && each !== '');
  return running === undefined ? shown.toLowerCase() : `${shown.toLowerCase()}, ${running}`;
}

/** The polls at the end of a run that all show the same final status. */
function finalPolls(client: ConductClient, run: readonly ConductRequest[]): readonly ConductRequest[] {
  const last = statusOf(run.at(-1) as ConductRequest);
  const isGone = last === '404' || last === '410';
  if (!isGone && !TERMINAL.has(last)) return [];
  const others = run.findLastIndex((poll) => statusOf(poll) !== last);
  const [first] = run;
  // A thing that had its status from the start, or that never existed, may be polled for something else.
  const hasSeen = first !== undefined && client.before(first, isSightOf(first)) !== undefined;
  return others >= 0 || (isGone && hasSeen) ? run.slice(others + 1) : [];
}

/** Whether a request shows that what another one reads exists. */
const isSightOf =
  ({ path, image }: ConductRequest) =>
  (other: ConductRequest): boolean =>
    other.hasSucceeded && (other.path === path || (image !== undefined && other.image === image));

const idsOf = (requests: readonly ConductRequest[]): readonly number[] => requests.map(({ id }) => id);

/** Rules on how a client waits for something to be done. */
export const pollingRules: readonly ConductRule[] = [
  {
    id: 'polled-too-often',
    title: 'Wait between polls',
    severity: 'warning',
    sources: [SOURCES.backoff],
    check: (client) =>
      judgeEach(polls(client), (run) => {
        if (run.length < 3) return undefined;
        const hasty = run.filter((poll, at) => at > 0 && waitBetween(run[at - 1] as ConductRequest, poll) < TOO_OFTEN);
        if (hasty.length < 5 || hasGrowingPauses(run)) return null;
        const took = waitBetween(run[0] as ConductRequest, run.at(-1) as ConductRequest);
        return { message: `sent ${run[0]?.name} ${run.length} times in ${seconds(took)}`, entries: idsOf(run) };
      }),
  },
  {
    id: 'never-stopped-polling',
    title: 'Stop polling once the work is done, has failed, or its object is gone',
    severity: 'error',
    sources: [SOURCES.imageApi],
    check: (client) =>
      judgeEach(polls(client), (run) => {
        const final = finalPolls(client, run);
        const [first] = final;
        if (first === undefined) return undefined;
        if (final.length <= MAX_FINAL) return null;
        const message = `sent ${first.name} ${final.length - 1} times after it had returned ${statusOf(first)}`;
        return { message, entries: idsOf(final) };
      }),
  },
];
