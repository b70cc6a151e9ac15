import { expect, test } from '@jest/globals';
import { isValid } from 'ctrf';
import {
  gradeOf,
  InputError,
  mergeSweepReports,
  type PointResult,
  parseSweepReport,
  type SweepReport,
  scoreOf,
  serializeSweepReport,
  sweepToCtrf,
  sweepToHtml,
  sweepToJunit,
  sweepToText,
} from '../../src/index.ts';

const CALLS = ['image-v2.createImage#1', 'image-v2.showImage#1'].map((name) => ({
  name,
  method: 'GET',
  url: '/image/v2/images?name=<b>',
  status: 200,
  basis: 'b',
}));

const point = (call: 0 | 1, fault: string, changes: Partial<PointResult>): PointResult => ({
  id: `${CALLS[call]?.name}/${fault}@before`,
  call: CALLS[call]?.name ?? '',
  fault,
  phase: 'before',
  basis: 'b',
  verdict: 'handled',
  reason: 'reported a failure: exit 1',
  end: 'exited',
  exitCode: 1,
  signal: null,
  milliseconds: 250,
  requests: 2,
  sameOutput: false,
  findings: [],
  stderr: '',
  ...changes,
});

const REPORT: SweepReport = {
  command: ['sh', '<client>'],
  seed: 'seed',
  baseline: { milliseconds: 100, calls: CALLS, notes: ['the number of requests to image-v2.showImage varies'] },
  points: [
    point(0, 'reset', { verdict: 'leaked', reason: 'exit 1; image <1> is left behind', recording: 'rec/x.json' }),
    point(0, '403', {}),
    point(1, '404', { verdict: 'not reached', reason: 'the fault did not fire' }),
    point(1, '403', { verdict: 'handled', previous: 'crashed' }),
  ],
  notRun: 3,
  elsewhere: 0,
};
const THRESHOLDS = { high: 80, low: 60, break: undefined };
const table = (rows: readonly (readonly string[])[]): string => rows.map((row) => row.join(' | ')).join('\n');

test('the score is the share of handled points in those with a verdict about the client', () => {
  expect(scoreOf(REPORT)).toBeCloseTo(200 / 3);
  expect(scoreOf({ points: [] })).toBeUndefined();
  expect([80, 79.9, 60, 59.9].map((score) => gradeOf(score, THRESHOLDS))).toEqual(['high', 'medium', 'medium', 'low']);
});

test('text has calls, points that need attention, changes, notes and the score', () => {
  expect(sweepToText(REPORT, { thresholds: THRESHOLDS, table })).toBe(`CALL | POINTS | HANDLED | LEAKED | NOT REACHED
image-v2.createImage#1 | 2 | 1 | 1 | 
image-v2.showImage#1 | 2 | 1 |  | 1
all | 4 | 2 | 1 | 1

VERDICT | POINT | REASON
leaked | image-v2.createImage#1/reset@before | exit 1; image <1> is left behind

Changed since the earlier report:
POINT | WAS | IS
image-v2.showImage#1/403@before | crashed | handled

Recordings: 1 files beside rec/x.json

Note: the number of requests to image-v2.showImage varies.

score 66.7 % (medium): 2 of 3 points handled; 3 points were not run`);
});

test('JUnit has a suite for each call and a test case for each point', () => {
  const xml = sweepToJunit(REPORT);
  expect(xml).toContain('<testsuites tests="4" failures="1" errors="0" skipped="1" time="1">');
  expect(xml).toContain(
    '<testsuite name="image-v2.createImage#1" tests="2" failures="1" errors="0" skipped="0" time="0.5">',
  );
  expect(xml).toContain('<failure message="leaked: exit 1; image &lt;1&gt; is left behind" type="leaked"/>');
  expect(xml).toContain('<skipped message="not reached: the fault did not fire"/>');
});

test('CTRF is valid by its schema', () => {
  const ctrf = sweepToCtrf(REPORT, { version: '1.2.3', now: Date.UTC(2026, 10, 21) });
  expect(isValid(ctrf)).toBe(true);
  expect(ctrf.results.summary).toMatchObject({ tests: 4, passed: 2, failed: 1, skipped: 1 });
});

test('HTML escapes what comes from the client, and loads nothing', () => {
  const html = sweepToHtml(REPORT, THRESHOLDS);
  expect(html).toContain('<h1>Sweep of sh &lt;client&gt;</h1>');
  expect(html).toContain('<span class="leaked" title="leaked: exit 1; image &lt;1&gt; is left behind">reset</span>');
  expect(html).not.toMatch(/<(script|link|img)|<b>|<1>/);
});

test('a report survives its file, and shards add up', () => {
  const report = parseSweepReport(serializeSweepReport(REPORT), 'r.json');
  expect(report).toEqual(REPORT);
  const part = (from: number, to: number) => ({
    place: `${from}.json`,
    report: { ...REPORT, points: REPORT.points.slice(from, to), notRun: 0 },
  });
  expect(mergeSweepReports([part(2, 4), part(0, 2)])).toEqual({ ...REPORT, notRun: 0 });
});

test('reports of different commands do not add up', () => {
  const other = { ...REPORT, command: ['other'] };
  const merge = () =>
    mergeSweepReports([
      { place: 'a.json', report: REPORT },
      { place: 'b.json', report: other },
    ]);
  expect(merge).toThrow(InputError);
  expect(merge).toThrow(
    'b.json:\n  /command: differs from that of a.json; found ["other"]; allowed: ["sh","<client>"]',
  );
});

test.each([
  ['text', 'x', '(document): is not valid JSON'],
  ['another document', '{ "format": "sideglance-coverage/1" }', '/format: '],
])('%s is no report', (_title, text, message) => {
  expect(() => parseSweepReport(text, 'r.json')).toThrow(message);
});
