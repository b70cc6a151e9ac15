import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { Command } from 'commander';
import {
  openRecording,
  type RecordedExchange,
  type RecordingFile,
  type TimelineItem,
  timelineOf,
  toHarText,
} from '../../index.ts';
import { colorsFor } from '../colors.ts';
import { ownFlag, parseCount, parseSize, parseTime } from '../options.ts';
import type { Terminal } from '../terminal.ts';
import { headingLine, headLines, itemLines } from '../timeline-lines.ts';

interface ShowFlags {
  readonly json?: boolean;
  readonly har?: boolean;
  readonly limit?: number;
  readonly operation?: string;
  readonly dialect?: string;
  readonly status?: number;
  readonly source?: string;
  readonly outcome?: string;
  readonly method?: string;
  readonly user?: string;
  readonly image?: string;
  readonly label?: string;
  readonly scenario?: string;
  readonly attempt?: number;
  readonly since?: string;
  readonly until?: string;
}

/** Adds `show`. */
export function addShow(program: Command, terminal: Terminal): void {
  program
    .command('show <file>')
    .description('print what happened in a recording')
    .addOption(ownFlag('--json', 'print the timeline as JSON'))
    .addOption(ownFlag('--har', 'print the requests as an HTTP archive, HAR 1.2').conflicts('json'))
    .addOption(ownFlag('--operation <name>', 'dialect.operation'))
    .addOption(ownFlag('--dialect <name>', 'only this API'))
    .addOption(ownFlag('--status <status>', 'status of the response; 0 for none').argParser(parseCount))
    .addOption(ownFlag('--source <source>', 'natural, by-profile or injected'))
    .addOption(ownFlag('--outcome <outcome>', 'complete, faulty, "client gone" or pending'))
    .addOption(ownFlag('--method <method>', 'GET, POST, ...'))
    .addOption(ownFlag('--user <name>', 'name of the caller'))
    .addOption(ownFlag('--image <id>', 'the image that requests name or created'))
    .addOption(ownFlag('--label <text>', 'label of the requests'))
    .addOption(ownFlag('--scenario <name>', 'scenario or one-off fault whose rule fired'))
    .addOption(ownFlag('--attempt <number>', 'number of the attempt').argParser(parseSize))
    .addOption(ownFlag('--since <time>', "requests at or after this time, by the world's clock").argParser(parseTime))
    .addOption(ownFlag('--until <time>', 'requests before this time').argParser(parseTime))
    .addOption(ownFlag('--limit <number>', 'maximum number of requests: the latest ones').argParser(parseSize))
    .action((file: string, flags: ShowFlags) => show(file, flags, terminal));
}

async function show(file: string, flags: ShowFlags, { stdout }: Terminal): Promise<void> {
  const recording = openRecording(file);
  try {
    await write(stdout, piecesOf(recording, flags, stdout));
  } finally {
    recording.close();
  }
}

function piecesOf(recording: RecordingFile, flags: ShowFlags, stdout: Writable): Iterable<string> {
  const isShown = selection(recording, flags);
  if (flags.har === true) {
    const { sideglance, world } = recording.head;
    return toHarText(shownRequests(recording, isShown), { version: sideglance, root: world.root });
  }
  const hasFilter = Object.keys(flags).some((name) => name !== 'json');
  const items = shownItems(timelineOf(recording), isShown, hasFilter);
  return flags.json === true ? jsonOf(recording, items) : linesOf(recording, items, stdout);
}

type Selection = (request: RecordedExchange) => boolean;

/** Returns which requests are shown. */
function selection(recording: RecordingFile, { limit, ...flags }: ShowFlags): Selection {
  const all = tests(flags);
  const matches: Selection = (request) => all.every((test) => test(request));
  if (limit === undefined) return matches;
  // The latest ones are known only once all requests have been read.
  const ids: number[] = [];
  for (const request of recording.requests()) {
    if (matches(request)) ids.push(request.id);
    if (ids.length > limit) ids.shift();
  }
  const latest = new Set(ids);
  return ({ id }) => latest.has(id);
}

function tests(flags: Omit<ShowFlags, 'limit'>): readonly Selection[] {
  const { scenario, method, since, until, json: _json, har: _har, ...equal } = flags;
  const [from, to] = [Date.parse(since ?? ''), Date.parse(until ?? '')];
  return [
    ...Object.entries(equal).map(
      ([name, wanted]): Selection =>
        (request) =>
          request[name as keyof RecordedExchange] === wanted,
    ),
    ...(scenario === undefined ? [] : [({ fault }: RecordedExchange) => fault?.scenario === scenario]),
    ...(method === undefined ? [] : [(request: RecordedExchange) => request.method === method.toUpperCase()]),
    ...(since === undefined ? [] : [({ time }: RecordedExchange) => time >= from]),
    ...(until === undefined ? [] : [({ time }: RecordedExchange) => time < to]),
  ];
}

function* shownRequests(recording: RecordingFile, isShown: Selection): Iterable<RecordedExchange> {
  for (const request of recording.requests()) if (isShown(request)) yield request;
}

/** Leaves out what happened besides the requests when only some of these are shown. */
function* shownItems(items: Iterable<TimelineItem>, isShown: Selection, hasFilter: boolean): Iterable<TimelineItem> {
  for (const item of items) {
    if (item.kind === 'request' ? isShown(item.request) : !hasFilter) yield item;
  }
}

function* linesOf(recording: RecordingFile, items: Iterable<TimelineItem>, stdout: Writable): Iterable<string> {
  const colors = colorsFor(stdout);
  for (const line of headLines(recording, colors)) yield `${line}\n`;
  yield `${headingLine(colors)}\n`;
  let count = 0;
  for (const item of items) {
    count += Number(item.kind === 'request');
    for (const line of itemLines(item, colors)) yield `${line}\n`;
  }
  if (count === 0) yield 'No request matches.\n';
}

function* jsonOf({ head, integrity }: RecordingFile, items: Iterable<TimelineItem>): Iterable<string> {
  const { start: _start, actions: _actions, changes: _changes, ...rest } = head;
  yield `${JSON.stringify({ ...rest, integrity }).slice(0, -1)},"timeline":[`;
  let separator = '\n';
  for (const item of items) {
    yield separator + JSON.stringify(item);
    separator = ',\n';
  }
  yield '\n]}\n';
}

/** Characters that are written at once. */
const CHUNK = 2 ** 14;

/** Writes as fast as the reader reads, and stops when the reader does. */
async function write(output: Writable, pieces: Iterable<string>): Promise<void> {
  let chunk = '';
  for (const piece of pieces) {
    chunk += piece;
    if (chunk.length < CHUNK) continue;
    const isReady = output.write(chunk);
    chunk = '';
    if (output.destroyed) return;
    if (!isReady) await Promise.race([once(output, 'drain'), once(output, 'close')]);
  }
  if (chunk !== '' && !output.destroyed) output.write(chunk);
}
