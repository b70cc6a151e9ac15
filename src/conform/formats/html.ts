import { escapeHtml, htmlPage } from '../../base/html.ts';
import { type CaseResult, type ConformReport, VERDICTS } from '../result.ts';
import { messageOf } from './junit.ts';
import { MARKS, type MatrixRow, matrixOf } from './matrix.ts';

/** Formats reports as an HTML page without scripts or links to other files: totals, the matrix, and why each case failed. */
export function toConformHtml(reports: readonly ConformReport[], title = 'Client conformance'): string {
  const matrix = matrixOf(reports);
  const body = `${totals(reports)}
<table class="matrix"><thead>${row(['Case', ...matrix.clients].map(escapeHtml), 'th')}</thead>
<tbody>${matrix.rows.map(caseRow).join('\n')}</tbody></table>
${reports.map(details).join('\n')}`;
  return htmlPage({ title, style: STYLE, body });
}

const STYLE = `
:root { color-scheme: light dark; }
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 90rem; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; }
th, td { padding: .15rem .6rem; text-align: left; vertical-align: top; }
thead th { border-bottom: 1px solid; position: sticky; top: 0; background: Canvas; }
.matrix td + td { text-align: center; }
.verdict { border-radius: 3px; color: #111; display: inline-block; min-width: 3em; padding: 0 .35em; text-align: center; }
.pass { background: #7fc97f; } .warn { background: #fdf3a0; } .fail { background: #f4978e; }
.inconclusive { background: #cfd8e6; } .unsupported { background: #ddd; }
code { font-size: .9em; }
@media print { body { max-width: none; } thead th { position: static; } }
`;

const row = (cells: readonly string[], tag: 'td' | 'th' = 'td'): string =>
  `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`;

const totals = (reports: readonly ConformReport[]): string => {
  const rows = reports.map(({ client, totals: counts }) =>
    row([escapeHtml(client), ...VERDICTS.map((verdict) => String(counts[verdict]))]),
  );
  return `<table><thead>${row(['Client', ...VERDICTS], 'th')}</thead><tbody>${rows.join('\n')}</tbody></table>`;
};

const caseRow = ({ case: id, title, results }: MatrixRow): string =>
  row([`<code title="${escapeHtml(title)}">${escapeHtml(id)}</code>`, ...results.map(verdictCell)]);

const verdictCell = (result: CaseResult | undefined): string =>
  result === undefined
    ? ''
    : `<span class="verdict ${result.verdict}" title="${escapeHtml(messageOf(result.reasons))}">${MARKS[result.verdict]}</span>`;

/** Why cases failed, for one client. */
function details({ client, results }: ConformReport): string {
  const failed = results.filter(({ verdict }) => verdict === 'fail' || verdict === 'warn');
  if (failed.length === 0) return '';
  const rows = failed.map((result) =>
    row([
      `<code>${escapeHtml(result.case)}</code>`,
      verdictCell(result),
      escapeHtml(result.title),
      result.reasons.map((reason) => escapeHtml(messageOf([reason]))).join('<br>'),
      result.recording === undefined ? '' : `<code>${escapeHtml(result.recording)}</code>`,
    ]),
  );
  const heading = row(['Case', 'Verdict', 'What happens', 'What the client did', 'Recording'], 'th');
  return `<h2>${escapeHtml(client)}</h2><table><thead>${heading}</thead><tbody>${rows.join('\n')}</tbody></table>`;
}
