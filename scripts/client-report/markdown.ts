import { CLIENTS } from './clients.ts';
import { FAULTS } from './faults.ts';
import { LEFT_OUT } from './left-out.ts';
import { type ClientResults, type ReportResults, type Verdict, verdictOf } from './results.ts';
import { CLIENT_HEADINGS, clientRow, evidenceOf, summaryOf, themeCells, themesOf } from './words.ts';

/** Writes docs/client-report.md. */
export const markdownPage = (results: ReportResults): string => `# Client report

\`npm run client-report\` writes this page. It shows what ${results.clients.length} published clients did in the ${results.cases.length} cases of the [conformance suite](../conformance/README.md): faults and
states of the documented APIs, and what a correct client does about them. It states what was observed with these versions, these programs and these settings, and nothing else. The
[HTML page](client-report-requests.html) also has the requests of each case.

Suite of ${results.suite.date} (Sideglance ${results.suite.sideglance}, digest \`${results.suite.digest}\`). Each client is driven by a small program in \`test/client-programs\`, written as in the client's own documentation
and with its defaults for retries, timeouts and pages. Versions are those of Debian 12 and of \`test/clients/package.json\`; later ones may do otherwise.

## How to read it
| verdict | |
|---|---|
| \`pass\` | the client did what the case expects of a correct client |
| \`warn\` | so it did, and a [rule of conduct](conduct.md) of severity \`warning\` has a finding |
| \`fail\` | a check of the case failed |
| \`inconclusive\` | the fault did not fire, because the client sends other requests for the task |
| \`unsupported\` | the client has no function for the task, or does not know the API |

A failure is often a choice. A library without retries **reports a failure** to its caller, who can retry; many cases expect that the client itself does so. When a client **reported success** although the task was not done, or **did
not end in time**, the caller does not learn what happened. Where a library has no function that waits for an image, the program polls once a second, and does not support \`wait-for-active\`. undici knows none
of the APIs: its program shows what an HTTP client alone does, and what is written out in it. \`create-and-upload\` and \`import-image\`
are only played where one call of the library does all of it. The rule \`retried-not-idempotent\`
goes by the method, as RFC 9110 does, even where a repetition does no harm. A program is told the seconds of its case and stopped after twice as many; what did not end in time is
played again, alone. On a machine that is busy with other things, \`npm run client-report -- --patience 3\` gives three times as many seconds.

Cases left out: ${LEFT_OUT.map(({ cases, reason }) => `\`${cases.source}\` (${reason})`).join('; ')}.

## Clients
${table(
  CLIENT_HEADINGS,
  results.clients.map((client) => clientRow(client, results)),
)}

${CLIENTS.map(({ name, about }) => `- **${name}**: ${about}`).join('\n')}

## Themes
Cases that a client passed, of those that it played and that said something about it.

${table(
  ['client', ...themesOf(results)],
  results.clients.map((client) => [client.client, ...themeCells(client, results)]),
)}

## Faults of clients
${faultsSection()}
## Findings
One line for each case that a client did not pass: how it ended, what was expected and found, rules of conduct in parentheses, and the requests that show it, without those of a log-in that succeeded.
Remake the recording of a case and read it:

\`\`\`sh
npm run client-report -- --client openstackclient --case image-v2.retry.list-503-seconds
npx sideglance show .build-client-report/recordings/openstackclient/image-v2.retry.list-503-seconds.json
\`\`\`

${results.clients.map((client) => findingsOf(client, results)).join('\n')}
## All cases
${legend()}

${table(
  ['case', ...results.clients.map(({ client }) => client)],
  results.cases.map(({ id }) => [id, ...results.clients.map((client) => LETTERS[verdictOf(client, id)])]),
)}

## Remake it
\`\`\`sh
npm run client-report                         # plays what is missing for the current suite, and writes this page
npm run client-report -- --client undici      # one client
npm run client-report -- --again              # everything
npm run client-report -- --stored             # from what was played before
npm run client-report -- --page               # the pages alone, after a change of their text
npm run client-report -- --check              # a few cases: fails when a verdict is not that of this page
\`\`\`
Packages: \`.ci/run\` names those of Debian, and \`ruby-fog-rackspace\`. Results and recordings are kept in \`.build-client-report\`; \`test/client-programs/results.json\` holds what the pages are made from.
`;

const LETTERS: Readonly<Record<Verdict, string>> = {
  pass: '✓',
  warn: 'w',
  fail: '✗',
  inconclusive: '?',
  unsupported: '',
};

const legend = (): string => '✓ pass, w warn, ✗ fail, ? inconclusive, empty: unsupported.';

const escaped = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', ' ');

const row = (cells: readonly string[]): string => `| ${cells.map(escaped).join(' | ')} |`;

const table = (headings: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(headings), `|${'---|'.repeat(headings.length)}`, ...rows.map(row)].join('\n');

function findingsOf(client: ClientResults, { cases }: ReportResults): string {
  const rows = cases.flatMap(({ id, task }) => {
    const finding = client.findings[id];
    if (finding === undefined || finding.verdict === 'inconclusive') return [];
    return [[id, task, finding.verdict, summaryOf(finding), evidenceOf(finding)]];
  });
  const heading = `### ${client.client} ${client.version}\n`;
  if (rows.length === 0) return `${heading}No findings.\n`;
  return `${heading}${table(['case', 'task', 'verdict', 'what was observed', 'requests'], rows)}\n`;
}

function faultsSection(): string {
  const intro = `Observations that the documentation of the client does not lead one to expect. Resets, broken bodies and statuses such as 504 come from networks and proxies; where the text names Glance 25.1, the same was
observed with the real service. Three lines show each on a running Sideglance (\`npx sideglance serve\`, then \`eval "$(npx sideglance env)"\`).\n`;
  return `${intro}\n${FAULTS.map(
    ({ client, title, observed, cases, reproduction }) =>
      `### ${client}: ${title}\n${observed}\n\nCases: ${cases.map((id) => `\`${id}\``).join(', ')}.\n\n\`\`\`sh\n${reproduction.join('\n')}\n\`\`\`\n`,
  ).join('\n')}`;
}
