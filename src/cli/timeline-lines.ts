import type {
  RecordedExchange,
  RecordingFile,
  TimelineItem,
  TimelinePortEvent,
  TimelineRequest,
  TimelineWait,
} from '../index.ts';
import type { Colors } from './colors.ts';

/** Widths of the columns. They are fixed, so that a long timeline is printed while it is read. */
const WIDTHS = { id: 4, time: 12, elapsed: 9, connection: 7, attempt: 3, status: 6, took: 8, operation: 30 } as const;

const HEADINGS = ['ID', 'TIME', 'ELAPSED', 'CONN', 'TRY', 'STATUS', 'TOOK', 'OPERATION'] as const;

/** Column in which lines below a request begin. */
const INDENT = ' '.repeat(WIDTHS.id + WIDTHS.time + WIDTHS.elapsed + 6);

/** What is worth a line about the content of a recording. */
const INTEGRITY: Readonly<Record<RecordingFile['integrity'], string | undefined>> = {
  intact: undefined,
  edited: 'edited after it was written',
  unknown: 'has no digest, so that changes would not be noticed',
};

/** Describes a recording in a few lines. */
export function headLines(
  { head, integrity }: RecordingFile,
  { strong, bad, quiet, warning }: Colors,
): readonly string[] {
  const { about, world, recorded, dropped, written, sideglance, conduct } = head;
  const { kind = 'world', name, file, verdict, error, command } = about;
  const rows: readonly (readonly [string, string | undefined])[] = [
    [kind, strong(name ?? world.name)],
    ['file', file],
    ['verdict', verdict],
    ['error', error === undefined ? undefined : bad(error)],
    ['command', command?.join(' ')],
    ['world', `${world.name}, seed ${world.seed}`],
    [
      'requests',
      `${recorded}${dropped.requests > 0 ? `; the first ${dropped.requests} are not in the recording` : ''}`,
    ],
    ['conduct', `${conduct.verdict}, findings: ${conduct.findings.length}`],
    ...portRows(head),
    ['written', quiet(`${written} by Sideglance ${sideglance}`)],
    ['content', INTEGRITY[integrity] && warning(INTEGRITY[integrity])],
  ];
  const lines = rows.filter(([, value]) => value !== undefined).map(([title, value]) => `${title.padEnd(9)} ${value}`);
  return [...lines, ''];
}

/** The line with the names of the columns. */
export const headingLine = ({ quiet }: Colors): string => {
  const widths = Object.values(WIDTHS);
  return quiet(`${HEADINGS.map((text, at) => text.padEnd(widths[at] ?? 0)).join('  ')}  REQUEST`);
};

/** Describes an item of a timeline. */
export function itemLines(item: TimelineItem, colors: Colors): readonly string[] {
  if (item.kind === 'request') return requestLines(item, colors);
  if (item.kind === 'port') return [INDENT + colors.warning(portText(item))];
  if (item.kind === 'action') {
    const { operation, params, body } = item.action;
    const input = [...Object.values(params ?? {}), ...(body === undefined ? [] : [JSON.stringify(body)])];
    return [colors.quiet(`${INDENT}admin: ${[operation, ...input].join(' ').slice(0, MAX_LINE)}`)];
  }
  const { id, name, status } = item.change.image;
  const step = item.before === undefined || item.before === status ? status : `${item.before} -> ${status}`;
  return [colors.quiet(`${INDENT}image ${id}${name === null ? '' : ` (${name})`}: ${step}`)];
}

/** The certificates of ports, and the ports that were not open, when the recording begins. */
const portRows = ({ ports = [] }: RecordingFile['head']): readonly (readonly [string, string])[] =>
  ports.flatMap(({ name, certificate, state }) => [
    ...(certificate === undefined ? [] : [['tls', `port ${name}, certificate ${certificate}`] as const]),
    ...(state === 'open' ? [] : [['port', `${name} is ${state} connections`] as const]),
  ]);

/** Describes what happened at a port. */
function portText({ port, event }: TimelinePortEvent): string {
  switch (event.kind) {
    case 'open':
      return `port ${port}: accepts connections again`;
    case 'refusing':
      return `port ${port}: refuses connections; nobody sees how many`;
    case 'resetting':
      return `port ${port}: resets connections`;
    case 'reset':
      return `port ${port}: a connection is reset`;
    case 'certificate':
      return `port ${port}: presents the certificate ${event.certificate}`;
    case 'handshake failed':
      return `port ${port}: the TLS handshake fails with the certificate ${event.certificate}: ${event.reason}`;
    default:
      return event satisfies never;
  }
}

/** Longest description of an action. */
const MAX_LINE = 200;

function requestLines({ request, elapsed, wait, findings }: TimelineRequest, colors: Colors): readonly string[] {
  const { id, connection, attempt, operation, method, url, timings, started } = request;
  const cells = [
    String(id).padStart(WIDTHS.id),
    new Date(started).toISOString().slice(11, 23),
    `+${(elapsed / 1000).toFixed(3)}`.padStart(WIDTHS.elapsed),
    `${connection.id}.${connection.request}`.padEnd(WIDTHS.connection),
    String(attempt).padEnd(WIDTHS.attempt),
    statusCell(request, colors),
    `${timings.lastByte.toFixed(1)} ms`.padStart(WIDTHS.took),
    (operation ?? '-').padEnd(WIDTHS.operation),
    `${method} ${url}`,
  ];
  return [
    cells.join('  '),
    ...decisionLines(request, colors),
    ...(wait === undefined ? [] : [INDENT + waitText(wait, colors)]),
    ...findings.map(({ severity, rule, message }) => {
      const paint = severity === 'error' ? colors.bad : colors.warning;
      return INDENT + paint(`${severity} ${rule}: ${message}`);
    }),
  ];
}

function statusCell({ status, outcome }: RecordedExchange, { bad, good, warning }: Colors): string {
  const text = (status === 0 ? '-' : String(status)).padEnd(WIDTHS.status);
  if (status >= 500 || status === 0 || outcome !== 'complete') return bad(text);
  return status >= 400 ? warning(text) : good(text);
}

function decisionLines(
  { fault, outcome, hint, failure, invalid, profiles, response }: RecordedExchange,
  { warning, bad, quiet }: Colors,
): readonly string[] {
  const retryAfter = response.headers.find(({ name }) => name.toLowerCase() === 'retry-after')?.value;
  const parts = [
    ...(fault === undefined
      ? []
      : [
          `${fault.kind} by ${fault.scenario}, rule ${fault.rule}, effect: ${fault.phase}${fault.byHand === true ? ', by hand' : ''}`,
        ]),
    ...(outcome === 'complete' ? [] : [outcome]),
    ...(retryAfter === undefined ? [] : [`Retry-After: ${retryAfter}`]),
  ];
  return [
    ...(parts.length === 0 ? [] : [INDENT + warning(parts.join('; '))]),
    ...(profiles === undefined ? [] : [INDENT + quiet(`by profile ${profiles.join(', ')}`)]),
    ...(hint === undefined ? [] : [INDENT + quiet(hint)]),
    ...(failure === undefined ? [] : [INDENT + bad(failure)]),
    ...(invalid === undefined ? [] : [INDENT + bad(`not a request: ${invalid}`)]),
  ];
}

function waitText({ after, wanted, waited }: TimelineWait, { bad, good }: Colors): string {
  const text = `waited ${seconds(waited)} after request ${after}`;
  if (wanted === undefined) return text;
  const paint = waited < wanted ? bad : good;
  return paint(`${text}, which asked for ${seconds(wanted)}`);
}

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(3)} s`;
