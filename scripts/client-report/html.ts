import { FAULTS } from './faults.ts';
import { type ClientResults, type Finding, type ReportResults, type Verdict, verdictOf } from './results.ts';
import { CLIENT_HEADINGS, clientRow, summaryOf, themeCells, themesOf } from './words.ts';

/** Writes docs/client-report-requests.html: one file without scripts or links to other files. */
export const htmlPage = (results: ReportResults): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Client report</title>
<style>${STYLE}</style>
</head>
<body>
<h1>Client report</h1>
<p>What ${results.clients.length} published clients did in the ${results.cases.length} cases of Sideglance's conformance suite of ${results.suite.date} (Sideglance ${results.suite.sideglance}, digest
<code>${results.suite.digest}</code>), with their defaults. <a href="client-report.md">How to read it, and how to remake it</a>.</p>
<h2>Clients</h2>
${table(
  CLIENT_HEADINGS,
  results.clients.map((client) => clientRow(client, results).map(escapeHtml)),
)}
<h2>Themes</h2>
<p>Cases that a client passed, of those that it played and that said something about it.</p>
${table(
  ['client', ...themesOf(results)],
  results.clients.map((client) => [client.client, ...themeCells(client, results)].map(escapeHtml)),
)}
<h2>Faults of clients</h2>
${FAULTS.map(faultSection).join('\n')}
<h2>All cases</h2>
<p class="legend">${Object.entries(MARKS)
  .map(([verdict, mark]) => `<span class="${verdict}">${mark}</span> ${verdict}`)
  .join(' ')}</p>
${matrix(results)}
<h2>What was observed</h2>
${results.clients.map((client) => clientSection(client, results)).join('\n')}
</body>
</html>
`;

const MARKS: Readonly<Record<Verdict, string>> = {
  pass: '✓',
  warn: 'w',
  fail: '✗',
  inconclusive: '?',
  unsupported: '·',
};

const STYLE = `
:root { color-scheme: light dark; }
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 84rem; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; }
th, td { padding: .15rem .5rem; text-align: left; vertical-align: top; }
thead th { background: Canvas; border-bottom: 1px solid; position: sticky; top: 0; }
.matrix td { text-align: center; } .matrix a { color: inherit; text-decoration: none; display: block; }
.pass { background: #7fc97f; color: #111; } .warn { background: #ffe08a; color: #111; } .fail { background: #f4a582; color: #111; }
.inconclusive { background: #c6c6e8; color: #111; } .unsupported { opacity: .4; }
.legend span { border-radius: 3px; display: inline-block; min-width: 1.4em; text-align: center; }
details { margin: .2rem 0; } pre { overflow-x: auto; } summary { cursor: pointer; }
`;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] as string);

const row = (cells: readonly string[], tag: 'td' | 'th'): string =>
  `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`;

const table = (headings: readonly string[], rows: readonly (readonly string[])[]): string =>
  `<table><thead>${row(headings, 'th')}</thead><tbody>\n${rows.map((cells) => row(cells, 'td')).join('\n')}\n</tbody></table>`;

const anchor = (client: string, id: string): string => escapeHtml(`${client}:${id}`);

function matrix({ cases, clients }: ReportResults): string {
  const cellOf = (client: ClientResults, id: string): string => {
    const verdict = verdictOf(client, id);
    const mark = MARKS[verdict];
    const isShown = client.findings[id] !== undefined;
    return `<td class="${verdict}">${isShown ? `<a href="#${anchor(client.client, id)}">${mark}</a>` : mark}</td>`;
  };
  const rows = cases.map(
    ({ id, title }) =>
      `<tr><th scope="row" title="${escapeHtml(title)}">${escapeHtml(id)}</th>${clients.map((client) => cellOf(client, id)).join('')}</tr>`,
  );
  const headings = row(['case', ...clients.map(({ client }) => escapeHtml(client))], 'th');
  return `<table class="matrix"><thead>${headings}</thead><tbody>\n${rows.join('\n')}\n</tbody></table>`;
}

function clientSection(client: ClientResults, { cases }: ReportResults): string {
  const findings = cases.flatMap((one) => {
    const finding = client.findings[one.id];
    return finding === undefined ? [] : [findingSection(client.client, one, finding)];
  });
  return `<h3>${escapeHtml(`${client.client} ${client.version}`)}</h3>\n${findings.join('\n')}`;
}

function findingSection(
  client: string,
  { id, title, correct }: ReportResults['cases'][number],
  finding: Finding,
): string {
  const { verdict, evidence, said } = finding;
  const lines = [...evidence, ...(said === undefined ? [] : [`stderr: ${said}`])];
  return `<details id="${anchor(client, id)}"><summary><span class="${verdict}">${MARKS[verdict]}</span> <code>${escapeHtml(id)}</code> ${escapeHtml(summaryOf(finding))}</summary>
<p>${escapeHtml(title)} A correct client: ${escapeHtml(correct)}</p>
<pre>${escapeHtml(lines.join('\n'))}</pre></details>`;
}

const faultSection = ({ client, title, observed, cases, reproduction }: (typeof FAULTS)[number]): string =>
  `<h3>${escapeHtml(client)}: ${escapeHtml(title)}</h3>
<p>${escapeHtml(observed)} Cases: ${cases.map((id) => `<a href="#${anchor(client, id)}"><code>${escapeHtml(id)}</code></a>`).join(', ')}.</p>
<pre>${escapeHtml(reproduction.join('\n'))}</pre>`;
