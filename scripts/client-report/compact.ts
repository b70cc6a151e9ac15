import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CaseResult } from '../../src/conform/result.ts';
import type { Entry } from '../../src/journal/entry.ts';
import { openRecording } from '../../src/recording/read-recording.ts';
import { type ReportedClient, versionOf } from './clients.ts';
import type { ClientResults, Ending, Finding } from './results.ts';
import { recordingsOf } from './stored.ts';

/** Requests of a finding that the page shows. */
const MAX_LINES = 14;
/** Characters of what a client printed. */
const MAX_SAID = 240;

/** Makes the results of a client for the page from those of the suite and the recordings beside them. */
export function compact(client: ReportedClient, results: readonly CaseResult[]): ClientResults {
  const findings = results.filter(({ verdict }) => verdict !== 'pass' && verdict !== 'unsupported');
  return {
    client: client.name,
    package: client.package,
    version: versionOf(client),
    passed: results.filter(({ verdict }) => verdict === 'pass').map((result) => result.case),
    findings: Object.fromEntries(findings.map((result) => [result.case, findingOf(result, recordingsOf(client.name))])),
  };
}

function findingOf(result: CaseResult, folder: string): Finding {
  const { reasons, stderr } = result;
  const recording = join(folder, `${result.case}.json`);
  const said = withoutAddress(stderr.trimEnd().split('\n').at(-1) ?? '');
  return {
    verdict: result.verdict as Finding['verdict'],
    ending: endingOf(result),
    rules: [...new Set(reasons.flatMap(({ rule }) => rule ?? []))],
    reasons: reasons.map(({ message }) => withoutAddress(message)),
    evidence: result.recording !== undefined && existsSync(recording) ? evidenceOf(recording) : [],
    ...(said !== '' && { said: said.slice(0, MAX_SAID) }),
  };
}

/** Rules whose findings mean that the task was not done, or not once. */
const UNDONE = /^(?:fault-swallowed|duplicate-created|download-\w+-unnoticed|retry-body-\S+|upload-cut-short)$/;

function endingOf({ exit, reasons }: CaseResult): Ending {
  if (exit.timedOut || exit.signal !== null) return 'no end';
  if (exit.code !== 0) return 'told';
  const isDone = reasons.every(({ check, rule = '' }) => check === 'conduct' && !UNDONE.test(rule));
  return isDone ? 'conduct' : 'claimed';
}

/** Addresses differ from run to run. */
const withoutAddress = (text: string): string =>
  text
    .replace(/https?:\/\/(?:127\.0\.0\.1|localhost):\d+(?:\/w\/[\w-]+)?/g, '')
    .replace(/\/w\/[\w-]+(?=\/)/g, '')
    .replace(/(?:127\.0\.0\.1|localhost):\d+/g, '…')
    .replace(/0x[0-9a-f]{6,}/g, '0x…')
    .replace(/\/tmp\/[\w./-]+/g, '…');

/** The requests of a recording, each in a line. */
function evidenceOf(file: string): readonly string[] {
  const recording = openRecording(file);
  const requests = [...recording.requests()];
  recording.close();
  if (requests.length === 0) return ['no request was complete'];
  const start = Math.min(...requests.map(({ started }) => started));
  const lines = requests.map((request) => `${((request.started - start) / 1000).toFixed(1)} s ${lineOf(request)}`);
  if (lines.length <= MAX_LINES) return lines;
  return [...lines.slice(0, MAX_LINES - 2), `… ${lines.length - MAX_LINES + 1} more`, ...lines.slice(-1)];
}

function lineOf({ operation, method, url, status, source, outcome, fault }: Entry): string {
  const name = operation ?? `${method} ${url.replace(/^\/w\/[^/]+/, '')}`;
  const answer = status === 0 ? 'no response' : String(status);
  const how = outcome === 'complete' ? '' : `, ${outcome}`;
  const injected = source === 'injected' || fault !== undefined ? ' injected' : '';
  return `${name} ${answer}${injected}${how}`;
}
