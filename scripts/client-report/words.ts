import { CLIENTS } from './clients.ts';
import {
  type ClientResults,
  countEndings,
  countVerdicts,
  type Ending,
  type Finding,
  type ReportResults,
} from './results.ts';

/** What the page calls each ending of a failure. */
export const ENDINGS: Readonly<Record<Ending, string>> = {
  told: 'reported a failure',
  claimed: 'reported success',
  conduct: 'did the task, against a rule of conduct',
  'no end': 'did not end in time',
};

/** Headings of the table of clients. */
export const CLIENT_HEADINGS: readonly string[] = [
  'client',
  'version',
  'played',
  'pass',
  'warn',
  'fail',
  ...Object.values(ENDINGS).map((ending) => `fail: ${ending}`),
  'inconclusive',
  'unsupported',
];

/** The row of a client in the table of clients. */
export function clientRow(client: ClientResults, { cases }: ReportResults): readonly string[] {
  const counts = countVerdicts(client, cases);
  const endings = countEndings(client);
  return [
    client.client,
    `${client.version} (${CLIENTS.find(({ name }) => name === client.client)?.from} \`${client.package}\`)`,
    ...[
      cases.length - counts.unsupported,
      counts.pass,
      counts.warn,
      counts.fail,
      ...(Object.keys(ENDINGS) as Ending[]).map((ending) => endings[ending]),
      counts.inconclusive,
      counts.unsupported,
    ].map(String),
  ];
}

/** The themes of the suite, in its order. */
export const themesOf = ({ cases }: ReportResults): readonly string[] => [
  ...new Set(cases.map(({ profile }) => profile)),
];

/** The cells of a client in the table of themes: passed of those that were played and said something. */
export function themeCells(client: ClientResults, results: ReportResults): readonly string[] {
  return themesOf(results).map((theme) => {
    const counts = countVerdicts(
      client,
      results.cases.filter(({ profile }) => profile === theme),
    );
    const good = counts.pass + counts.warn;
    return good + counts.fail === 0 ? '' : `${good} of ${good + counts.fail}`;
  });
}

/** Reasons in one line; the HTML page and the results have them all. */
const MAX_REASONS = 3;

/** What a client did in a case, in one line. */
export function summaryOf({ verdict, ending, reasons, rules }: Finding): string {
  // How it ended says the same.
  const others = reasons.filter((reason) => !/^the client (?:reported|did not end)/.test(reason));
  const named = rules.length === 0 ? '' : ` (${rules.join(', ')})`;
  const how = verdict === 'fail' ? [ENDINGS[ending]] : [];
  return `${[...how, ...others.slice(0, MAX_REASONS)].join('; ')}${named}`;
}

/** The requests of a finding in short: without log-in and repetitions. */
export function evidenceOf({ evidence }: Finding): string {
  const lines = evidence.map((line) => line.replace(/^[\d.]+ s /, '').replace(/^[\w.-]+?\.(?=\w+ )/, ''));
  const told = lines.filter(
    (line) => !/^(?:auth|iamAuth|raxAuth|list\w*Versions|show\w*Version|getVersion)\w* [23]|^GET \S* [23]00/.test(line),
  );
  const runs: { line: string; times: number }[] = [];
  for (const line of told) {
    const last = runs.at(-1);
    if (last?.line === line) last.times += 1;
    else runs.push({ line, times: 1 });
  }
  return runs.map(({ line, times }) => (times === 1 ? line : `${times} × ${line}`)).join(', ');
}
