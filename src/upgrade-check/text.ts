import type { ReleaseChange } from '../contract/contract.ts';
import type { ChangedRequest, ResponseDifference, UpgradeReport, UpgradeRun } from './report.ts';

/** Formats a report as text: the requests that differ with what has changed, other changes, and the verdict. */
export function upgradeToText({ from, to, verdict, reason, requests, unseen, notes }: UpgradeReport): string {
  const sections = [
    ...requests.map((request) => requestText(request, [from, to])),
    ...unseen.map(({ operation, changes }) =>
      [`${operation} has changed, which no response shows:`, ...changes.map(changeLine)].join('\n'),
    ),
    ...notes.map((note) => `Note: ${note}.`),
    ...recordingLines([from, to]),
    `${from.release} -> ${to.release}: ${verdict}: ${reason}`,
  ];
  return sections.join('\n\n');
}

function requestText(request: ChangedRequest, [from, to]: readonly [UpgradeRun, UpgradeRun]): string {
  const { operation, method, url, differences, changes } = request;
  const name = operation === null ? '' : `${operation}  `;
  return [
    `${name}${method} ${url}`,
    `  ${sideText(from, request.from)}; ${sideText(to, request.to)}`,
    ...differenceLines(differences.filter(({ field }) => field !== 'status')),
    ...changes.map(changeLine),
  ].join('\n');
}

const sideText = ({ release }: UpgradeRun, side: ChangedRequest['from']): string =>
  side === null ? `${release}: not sent` : `${release}: ${side.status} (request ${side.entry})`;

/** Differences of a request that are printed; the report has more. */
const MAX_LINES = 5;

const differenceLines = (differences: readonly ResponseDifference[]): readonly string[] => [
  ...differences.slice(0, MAX_LINES).map(differenceLine),
  ...(differences.length > MAX_LINES ? [`  and more: ${differences.length - MAX_LINES}`] : []),
];

const differenceLine = ({ field, from, to }: ResponseDifference): string =>
  `  ${field}: ${from ?? '(none)'} -> ${to ?? '(none)'}`;

const changeLine = ({ since, what, before, after }: ReleaseChange): string =>
  `  since ${since}: ${what}: ${before} -> ${after}`;

const recordingLines = (runs: readonly UpgradeRun[]): readonly string[] => {
  const files = runs.flatMap(({ recording }) => recording ?? []);
  return files.length === 0 ? [] : [`Recordings: ${files.join(', ')}`];
};
