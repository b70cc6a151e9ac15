import { escapeHtml, htmlPage } from '../../base/html.ts';
import { type Cell, type CoverageReport, isReceived } from '../report.ts';
import { byOperation, dialectRows, NUMBER_HEADINGS, numbersOf, type OperationCells, summaryOf } from './lists.ts';

/** Formats a report as an HTML page without scripts or links to other files: totals, and a heat map for each API. */
export function toHtml(report: CoverageReport, title = 'Responses that clients met'): string {
  const dialects = [...new Set(report.cells.map(({ dialect }) => dialect))];
  const body = `<p>${escapeHtml(summaryOf(report))}.</p>
${totalsTable(report)}
<p class="legend"><span class="natural">natural</span> <span class="by-profile">by profile</span> <span class="injected">injected</span> <span class="never">not returned</span></p>
${dialects.map((dialect) => heatMap(dialect, report.cells)).join('\n')}
${listTable('Faults', ['Operation', 'Fault', 'Requests'], faultRows(report))}
${listTable('Returned, but not documented', ['Operation', 'Status', 'Responses'], undocumentedRows(report))}
${listTable('Responses of proxies', ['Operation', 'Response', 'Count'], observedRows(report))}
${listTable('Labels', ['Label', 'Responses'], labelRows(report))}`;
  return htmlPage({ title, style: STYLE, body });
}

const STYLE = `
:root { color-scheme: light dark; }
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; }
th, td { padding: .2rem .6rem; text-align: left; vertical-align: top; }
thead th { border-bottom: 1px solid; font-weight: 600; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
.cells span, .legend span { border-radius: 3px; color: #111; display: inline-block; margin: 1px; min-width: 2.6em; padding: 0 .35em; text-align: center; }
.natural { background: #7fc97f; } .by-profile { background: #b8dfa6; } .injected { background: #fdc086; } .never { background: #ddd; }
.annex { font-style: italic; }
@media print { body { max-width: none; } }
`;

const row = (cells: readonly string[], tag: 'td' | 'th' = 'td'): string =>
  `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`;

const totalsTable = (report: CoverageReport): string => {
  const rows = dialectRows(report).map(
    ({ dialect, totals }) =>
      `<tr><th scope="row">${escapeHtml(dialect)}</th>${numbersOf(totals)
        .map((number) => `<td class="number">${number}</td>`)
        .join('')}</tr>`,
  );
  const heading = ['API', ...NUMBER_HEADINGS.map((text) => text[0] + text.slice(1).toLowerCase())];
  return `<table><thead>${row(heading, 'th')}</thead><tbody>${rows.join('')}</tbody></table>`;
};

function heatMap(dialect: string, cells: readonly Cell[]): string {
  const operations = byOperation(cells.filter((cell) => cell.dialect === dialect));
  const rows = operations.map((operation) => row([nameCell(operation), operation.cells.map(statusCell).join('')]));
  return `<h2>${escapeHtml(dialect)}</h2>
<table class="cells"><thead>${row(['Operation', 'Statuses'], 'th')}</thead><tbody>${rows.join('\n')}</tbody></table>`;
}

const nameCell = ({ name, annex }: OperationCells): string => {
  const operation = escapeHtml(name.slice(name.lastIndexOf('.') + 1));
  return annex === undefined ? operation : `<span class="annex" title="${escapeHtml(annex)}">${operation}</span>`;
};

const statusCell = (cell: Cell): string => {
  const { status, natural, byProfile, injected } = cell;
  const counts = `natural: ${natural}, by profile: ${byProfile}, injected: ${injected}`;
  return `<span class="${classOf(cell)}" title="${counts}">${status}</span>`;
};

function classOf(cell: Cell): string {
  if (!isReceived(cell)) return 'never';
  if (cell.natural > 0) return 'natural';
  return cell.byProfile > 0 ? 'by-profile' : 'injected';
}

function listTable(title: string, heading: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const body = rows.map((cells) => row(cells.map(escapeHtml))).join('\n');
  return `<h2>${escapeHtml(title)}</h2>\n<table><thead>${row(heading, 'th')}</thead><tbody>${body}</tbody></table>`;
}

const faultRows = ({ faults }: CoverageReport): readonly (readonly string[])[] =>
  faults.map(({ dialect, operation, kind, count }) => [`${dialect}.${operation}`, kind, String(count)]);

const undocumentedRows = ({ undocumented }: CoverageReport): readonly (readonly string[])[] =>
  undocumented.map(({ dialect, operation, status, natural, byProfile, injected }) => [
    `${dialect}.${operation}`,
    String(status),
    String(natural + byProfile + injected),
  ]);

const observedRows = ({ observed }: CoverageReport): readonly (readonly string[])[] =>
  observed.map(({ dialect, operation, answer, injected }) => [`${dialect}.${operation}`, answer, String(injected)]);

const labelRows = ({ labels }: CoverageReport): readonly (readonly string[])[] =>
  labels.map(({ label, cells }) => [
    label,
    cells.map(({ operation, status, count }) => `${operation} ${status}${count > 1 ? ` (${count})` : ''}`).join(', '),
  ]);
