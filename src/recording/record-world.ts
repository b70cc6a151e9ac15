import { type Steps, Work } from '../base/slices.ts';
import type { ConductReport } from '../conduct/analyze.ts';
import type { Decision } from '../faults/engine/decision.ts';
import { packageVersion } from '../input/package-files.ts';
import { Attempts } from '../journal/attempts.ts';
import type { JournalView, StoredEntries } from '../journal/journal-view.ts';
import { toEntry } from '../journal/to-entry.ts';
import type { AdminAction, ImageChange } from '../world/history.ts';
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
  /** Judges the requests in the recording. */
  judge(journal: StoredEntries): Steps<ConductReport>;
  /** The ports of the process. */
  readonly ports: readonly PortHistory[];
}

/**
 * Returns the work of recording what happened in a world until it begins. The requests are converted one by one as they are read;
 * close the recording then.
 */
export const recordWorld = (world: World, options: RecordOptions): Work<RecordingSource> =>
  new Work(function* () {
    const view = world.journal.view();
    try {
      const head = yield* headOf(momentOf(world), view, options);
      const requests = (): Iterable<RecordedExchange> => exchangesOf(world.name, view);
      return { head, requests, close: () => view.close() };
    } catch (error) {
      view.close();
      throw error;
    }
  });

/** What a world is at one moment, besides its journal. */
type Moment = ReturnType<typeof momentOf>;

function momentOf({ name, journal, history, ids }: World) {
  const { start, startedAt, actions, changes, droppedActions, droppedChanges } = history;
  const dropped = { requests: journal.dropped, actions: droppedActions, changes: droppedChanges };
  const { label } = journal;
  return { name, label, seed: ids.seed, start, startedAt, actions: [...actions], changes, dropped };
}

function* headOf(moment: Moment, journal: JournalView, options: RecordOptions): Steps<RecordingHead> {
  const { name, label, seed, dropped } = moment;
  const { about, root, judge, ports } = options;
  const written = new Date().toISOString();
  const start = yield* toStartState(moment.start);
  const conduct = yield* judge(journal);
  const recordedPorts = recordPorts(ports, moment.startedAt, yield* endsOf(journal));
  return {
    format: RECORDING_FORMAT,
    version: RECORDING_VERSION,
    sideglance: packageVersion(),
    written,
    about,
    world: { name, root, seed, ...(label !== undefined && { label }) },
    start,
    actions: yield* mapped(moment.actions, toAction),
    changes: yield* mapped(moment.changes, toChange),
    conduct,
    ...(recordedPorts.length > 0 && { ports: recordedPorts }),
    recorded: journal.recorded,
    dropped,
  };
}

/** When the requests ended, by the machine's clock. */
function* endsOf(journal: StoredEntries): Steps<readonly RequestEnd[]> {
  const ends: RequestEnd[] = [];
  for (const { id, started, lastByte } of journal.after()) {
    ends.push({ id, ended: performance.timeOrigin + started + lastByte });
    yield;
  }
  return ends;
}

function* mapped<Item, Other>(items: readonly Item[], convert: (item: Item) => Other): Steps<readonly Other[]> {
  const converted: Other[] = [];
  for (const item of items) {
    converted.push(convert(item));
    yield;
  }
  return converted;
}

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

function* exchangesOf(world: string, journal: JournalView): Iterable<RecordedExchange> {
  const attempts = new Attempts();
  const { showsSecrets } = journal.options;
  for (const each of journal.after()) {
    const { decision, isDecidedEarly, reason } = each;
    yield {
      ...toEntry(each, { world, attempt: attempts.next(each), showsSecrets }),
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
