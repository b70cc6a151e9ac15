import type { Writable } from 'node:stream';
import type { FiredRule, ReportedAdminRequest, ReportedRequest } from '../index.ts';
import { type Colors, colorsFor } from './colors.ts';

/** Formats of the request log. */
export const LOG_FORMATS = ['text', 'json'] as const;

/** A format of the request log. */
export type LogFormat = (typeof LOG_FORMATS)[number];

/** What the request log prints, and where. */
export interface RequestLogOptions {
  readonly format: LogFormat;
  /** Whether to print more about each request. */
  readonly isVerbose: boolean;
  readonly output: Writable;
}

/** Widths of the columns of the text format. */
const WIDTHS = { world: 8, operation: 32, took: 9 } as const;

/** Levels of JSON lines, which are those of pino and Bunyan. */
const LEVELS = { info: 30, warn: 40, error: 50 } as const;

/** Characters that a terminal could take for commands. */
const CONTROL = /\p{Cc}/gu;

/** Replaces the characters of a client's text that a terminal could take for commands. */
export const printable = (text: string): string =>
  text.replace(CONTROL, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`);

/** Returns a function that prints each request that it receives. */
export function requestLog({ format, isVerbose, output }: RequestLogOptions): (request: ReportedRequest) => void {
  if (format === 'json') return (request) => void output.write(`${JSON.stringify(toRecord(request))}\n`);
  const colors = colorsFor(output);
  return (request) => {
    const lines = [toLine(request, colors), ...(isVerbose ? detailsOf(request).map((text) => colors.quiet(text)) : [])];
    output.write(`${lines.join('\n')}\n`);
  };
}

/** Returns a function that prints each request to the admin API. */
export function adminLog({
  format,
  output,
}: Omit<RequestLogOptions, 'isVerbose'>): (request: ReportedAdminRequest) => void {
  if (format === 'json') {
    return ({ method, path, status, ...rest }) =>
      logMessage(output, `${method} ${path} ${status}`, { method, url: path, status, ...rest, source: 'admin' });
  }
  const colors = colorsFor(output);
  return ({ world, method, path, status, milliseconds }) => {
    const cells = [
      timeOfDay(colors),
      world.padEnd(WIDTHS.world),
      printable(`${method} ${path}`).padEnd(WIDTHS.operation),
      statusOf({ status, outcome: 'complete' }, colors),
      tookOf(milliseconds),
      colors.quiet('admin API'),
    ];
    output.write(`${cells.join('  ')}\n`);
  };
}

const timeOfDay = ({ quiet }: Colors): string => quiet(new Date().toTimeString().slice(0, 8));

const tookOf = (milliseconds: number): string => `${milliseconds.toFixed(1)} ms`.padStart(WIDTHS.took);

/** Prints a message of the server in the format of the log. */
export function logMessage(output: Writable, message: string, details: Readonly<Record<string, unknown>>): void {
  output.write(`${JSON.stringify({ level: LEVELS.info, time: Date.now(), msg: message, ...details })}\n`);
}

/** A request as a JSON line. */
function toRecord({ time: worldTime, id: _id, ...request }: ReportedRequest): Readonly<Record<string, unknown>> {
  const level = levelOf(request);
  const msg = `${nameOf(request)} ${request.status === 0 ? request.outcome : request.status}`;
  return { level, time: Date.now(), msg, worldTime: new Date(worldTime).toISOString(), ...request };
}

function levelOf({ failure, operation, hint }: Pick<ReportedRequest, 'failure' | 'operation' | 'hint'>): number {
  if (failure !== undefined) return LEVELS.error;
  return operation === null || hint !== undefined ? LEVELS.warn : LEVELS.info;
}

/** The operation, or method and path of a request that matched none. */
const nameOf = ({ operation, method, url }: Pick<ReportedRequest, 'operation' | 'method' | 'url'>): string =>
  operation ?? (method === '' ? '(invalid)' : `${method} ${url.split('?')[0]}`);

function toLine(request: ReportedRequest, colors: Colors): string {
  const { world, milliseconds } = request;
  const cells = [
    timeOfDay(colors),
    world.padEnd(WIDTHS.world),
    printable(nameOf(request)).padEnd(WIDTHS.operation),
    statusOf(request, colors),
    tookOf(milliseconds),
    originOf(request, colors),
  ];
  return cells.join('  ');
}

function statusOf(
  { status, outcome }: Pick<ReportedRequest, 'status' | 'outcome'>,
  { bad, good, warning }: Colors,
): string {
  const text = status === 0 ? '-  ' : String(status);
  if (status >= 500 || status === 0 || outcome !== 'complete') return bad(text);
  return status >= 400 ? warning(text) : good(text);
}

/** What produced the response: state and input, a profile, or a rule. */
function originOf(request: ReportedRequest, colors: Colors): string {
  const { source, profiles, fault, outcome, operation, nearest, invalid } = request;
  if (invalid !== undefined) return colors.warning(`not a request: ${invalid}`);
  const parts = [
    source === 'injected' && fault !== undefined ? colors.strong(`injected by ${ruleOf(fault)}`) : '',
    source === 'by-profile' ? `by profile ${(profiles ?? []).join(', ')}` : '',
    source === 'natural' ? 'natural' : '',
    source !== 'injected' && fault !== undefined ? colors.strong(`${fault.kind} by ${ruleOf(fault)}`) : '',
    outcome === 'complete' ? '' : colors.bad(outcome),
    operation === null ? colors.warning(`no such operation${nearestTo(nearest)}`) : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}

const ruleOf = ({ scenario, rule }: FiredRule): string =>
  scenario.startsWith('fault-') ? scenario : `${scenario}, rule ${rule}`;

const nearestTo = ([first]: readonly string[] = []): string => (first === undefined ? '' : `; nearest: ${first}`);

/** Lines below a request: who sent it, where to, and what was wrong with it. */
function detailsOf(request: ReportedRequest): readonly string[] {
  const { method, url, user, project, userAgent, image, label, violations = [], hint, failure } = request;
  const caller = [user, project && `project ${project}`, userAgent && `client ${userAgent}`, label && `label ${label}`];
  const texts = [
    `${method} ${url}`,
    caller.filter(Boolean).join(', '),
    image === undefined ? '' : `image ${image}`,
    ...violations.map(({ pointer, message }) => `${pointer}: ${message}`),
    hint ?? '',
    ...(failure === undefined ? [] : failure.split('\n')),
  ];
  return texts.filter((text) => text !== '').map((text) => `          ${printable(text)}`);
}
