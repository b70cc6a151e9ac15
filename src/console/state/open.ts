/** Which session the page shows first: a recording inside the page, one that `?file=` names, or the server that sent the page. */
import { signal } from '@preact/signals';
import { RecordingProblem } from '../recording/problem.ts';
import { readRecording } from '../recording/read.ts';
import { LiveSession } from '../session/live.ts';
import { RecordedSession } from '../session/recorded.ts';
import { session, showSession } from '../session/session.ts';
import { messageOf } from './actions.ts';
import { query, selected, timeRange } from './filter.ts';
import { showView } from './route.ts';

/** Why no recording is shown. */
export interface OpenProblem {
  readonly file: string;
  readonly message: string;
  /** Line and JSON pointer. */
  readonly place: string;
  readonly found: string | undefined;
  readonly allowed: string | undefined;
}

/** Why the last recording could not be opened. */
export const openProblem = signal<OpenProblem | undefined>(undefined);
/** What is being read, with the number of requests so far. */
export const reading = signal<{ readonly file: string; readonly requests: number } | undefined>(undefined);

/** Shows the session that the page was opened for. */
export async function openFirstSession(): Promise<void> {
  const inside = document.getElementById('recording');
  const named = new URLSearchParams(location.search).get('file');
  if (inside !== null) await openEmbedded(inside);
  else if (named !== null) await openAddress(named);
  else if (location.protocol.startsWith('http') && /\/__admin\/?$/.test(location.pathname))
    showSession(new LiveSession());
}

/** Opens a recording that is a part of the page: compressed, in base64. */
async function openEmbedded(element: HTMLElement): Promise<void> {
  const bytes = Uint8Array.from(atob(element.textContent ?? ''), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  await openBlob(element.dataset['file'] ?? 'recording.json', () => new Response(stream).blob());
}

/** Opens a recording of the server that sent the page. */
async function openAddress(address: string): Promise<void> {
  await openBlob(address, async () => {
    const response = await fetch(address).catch(() => undefined);
    if (response === undefined)
      throw new Error(`cannot be read: ${new URL(address, location.href)} does not respond, or is of another origin`);
    if (!response.ok) throw new Error(`cannot be read: the server returned ${response.status}`);
    return response.blob();
  });
}

/** Opens a file that the user has dropped or chosen. */
export async function openFile(file: File): Promise<void> {
  if (!(await openBlob(file.name, async () => file))) return;
  query.value = '';
  timeRange.value = undefined;
  selected.value = undefined;
  showView('requests');
}

/** Shows a recording. Returns whether it could be read. */
async function openBlob(file: string, read: () => Promise<Blob>): Promise<boolean> {
  reading.value = { file, requests: 0 };
  openProblem.value = undefined;
  try {
    const recording = await readRecording(file, await read(), (requests) => {
      reading.value = { file, requests };
    });
    showSession(new RecordedSession(recording));
    return true;
  } catch (error) {
    openProblem.value = problemOf(file, error);
    return false;
  } finally {
    reading.value = undefined;
  }
}

function problemOf(file: string, error: unknown): OpenProblem {
  if (!(error instanceof RecordingProblem)) {
    return { file, message: messageOf(error), place: '', found: undefined, allowed: undefined };
  }
  const { message, found, allowed } = error.problem;
  return { file, message, place: error.place, found: found === undefined ? undefined : JSON.stringify(found), allowed };
}

/** Shows the server again, after a recording. */
export function backToServer(): void {
  if (session.peek()?.kind === 'live') return;
  showSession(new LiveSession());
}

/** Whether the page belongs to a server. */
export const hasServer = (): boolean => location.protocol.startsWith('http') && /\/__admin\/?$/.test(location.pathname);
