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

/** Successive reads of the same thing, without other requests about it in between. */
function polls({ requests }: ConductClient): readonly (readonly ConductRequest[])[] {
  const runs = new Map<string, ConductRequest[]>();
  const all: ConductRequest[][] = [];
  for (const request of requests) {
    const isRead = request.method === 'GET' && !request.isDownload && !request.isDiscovery && isOne(request);
    if (!isRead) {
      // A change may be what the next read is about.
      if (request.method !== 'GET' && request.method !== 'HEAD') runs.clear();
      continue;
    }
    const run = runs.get(request.recorded.url);
    if (run !== undefined) {
      run.push(request);
      continue;
    }
    const first = [request];
    runs.set(request.recorded.url, first);
    all.push(first);
  }
  return all;
}

/** Whether a request reads one thing and not a list. */
const isOne = ({ operation }: ConductRequest): boolean => operation?.path.endsWith('}') === true;

/** The status that a response shows, in lower case. */
function statusOf({ responseJson }: ConductRequest): string | undefined {
  if (!isObject(responseJson)) return undefined;
  const [inner] = Object.values(responseJson).filter(isObject);
  const status = responseJson['status'] ?? inner?.['status'];
  return typeof status === 'string' ? status.toLowerCase() : undefined;
}

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
        if (run.length < 5) return undefined;
        const hasty = run.filter((poll, at) => at > 0 && waitBetween(run[at - 1] as ConductRequest, poll) < TOO_OFTEN);
        if (hasty.length < 5) return null;
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
        if (run.length < 3) return undefined;
        const isOver = (poll: ConductRequest): boolean =>
          poll.status === 404 || poll.status === 410 || TERMINAL.has(statusOf(poll) ?? '');
        const over = run.findIndex(isOver);
        const waited = over < 0 ? [] : run.slice(over);
        if (waited.length < 4 || !waited.every(isOver)) return null;
        const end = statusOf(waited[0] as ConductRequest) ?? waited[0]?.status;
        return {
          message: `sent ${run[0]?.name} ${waited.length - 1} times after it had returned ${end}`,
          entries: idsOf(waited),
        };
      }),
  },
];
