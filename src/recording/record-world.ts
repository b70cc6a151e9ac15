import type { ConductReport } from '../conduct/analyze.ts';
import type { Decision } from '../faults/engine/decision.ts';
import { packageVersion } from '../input/package-files.ts';
import { Attempts } from '../journal/attempts.ts';
import type { Journal } from '../journal/journal.ts';
import type { RecordedRequest } from '../journal/recorded.ts';
import { toEntry } from '../journal/to-entry.ts';
import type { AdminAction, ImageChange, WorldHistory } from '../world/history.ts';
import { toWebDocument } from '../world/parts/web-document.ts';
import type { World } from '../world/world.ts';
import { type PortHistory, type RequestEnd, recordPorts } from './ports.ts';
import {
  RECORDING_FORMAT,
  RECORDING_VERSION,
  type RecordedAction,
  type RecordedChange,
  type RecordedDecision,
  type RecordedExchange,
  type RecordingAbout,
  type RecordingHead,
  type RecordingSource,
} from './recording.ts';
import { toStartState } from './start-state.ts';

/** What a recording says about its world that the world itself does not know. */
export interface RecordOptions {
  readonly about: RecordingAbout;
  /** Address of the root of the server, without a trailing slash. */
  readonly root: string;
  readonly conduct: ConductReport;
  /** The ports of the process. */
  readonly ports: readonly PortHistory[];
}

/** Records what happened in a world. The requests of this moment are converted one by one as they are read. */
export function recordWorld(world: World, options: RecordOptions): RecordingSource {
  const recorded = [...world.journal.after()];
  return { head: headOf(world, options), requests: () => exchangesOf(world, recorded) };
}

function headOf({ name, journal, history, ids }: World, { about, root, conduct, ports }: RecordOptions): RecordingHead {
  const { label } = journal;
  const recordedPorts = recordPorts(ports, history.startedAt, endsOf(journal));
  return {
    format: RECORDING_FORMAT,
    version: RECORDING_VERSION,
    sideglance: packageVersion(),
    written: new Date().toISOString(),
    about,
    world: { name, root, seed: ids.seed, ...(label !== undefined && { label }) },
    start: toStartState(history.start),
    actions: history.actions.map(toAction),
    changes: history.changes.map(toChange),
    conduct,
    ...(recordedPorts.length > 0 && { ports: recordedPorts }),
    recorded: journal.recorded,
    dropped: droppedBy(journal, history),
  };
}

/** When the requests ended, by the machine's clock. */
const endsOf = (journal: Journal): readonly RequestEnd[] =>
  [...journal.after()].map(({ id, started, lastByte }) => ({
    id,
    ended: performance.timeOrigin + started + lastByte,
  }));

const droppedBy = (journal: Journal, history: WorldHistory): RecordingHead['dropped'] => ({
  requests: journal.dropped,
  actions: history.droppedActions,
  changes: history.droppedChanges,
});

const toAction = ({ after, time, operation, input }: AdminAction): RecordedAction => ({
  after,
  time,
  operation,
  ...(JSON.parse(input) as Pick<RecordedAction, 'params' | 'query' | 'body'>),
});

function toChange({ after, time, image }: ImageChange): RecordedChange {
  const { data: _data, staged: _staged, ...rest } = image;
  return { after, time, image: rest };
}

function* exchangesOf({ name, journal }: World, recorded: readonly RecordedRequest[]): Iterable<RecordedExchange> {
  const attempts = new Attempts();
  const { showsSecrets } = journal.options;
  for (const each of recorded) {
    const { decision, isDecidedEarly, reason } = each;
    yield {
      ...toEntry(each, { world: name, attempt: attempts.next(each), showsSecrets }),
      ...(decision !== undefined && { decision: toDecision(decision as Decision, isDecidedEarly) }),
      ...(reason !== undefined && { reason }),
    };
  }
}

function toDecision({ source, ...rest }: Decision, isEarly: boolean): RecordedDecision {
  return {
    ...rest,
    ...(source !== undefined && { source: toWebDocument({ source })['source'] }),
    ...(isEarly && { isEarly: true as const }),
  };
}
