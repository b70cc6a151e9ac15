import { escapeHtml, htmlPage } from '../../base/html.ts';
import { byCall, type PointResult, type SweepReport, type SweepThresholds } from '../report.ts';
import { isFault, SWEEP_VERDICTS, type SweepVerdict } from '../verdict.ts';
import { summaryOf } from './text.ts';

/**
 * Formats a report as an HTML page without scripts or links to other files: a map of calls and faults, and the points that
 * need attention.
 */
export function sweepToHtml(report: SweepReport, thresholds: SweepThresholds): string {
  const title = `Sweep of ${report.command.join(' ')}`;
  const body = `<p>${escapeHtml(summaryOf(report, thresholds))}</p>
${report.baseline.notes.map((note) => `<p>Note: ${escapeHtml(note)}.</p>`).join('\n')}
<p>${SWEEP_VERDICTS.map((verdict) => chip(verdict, verdict)).join(' ')}</p>
${tableOf(['Call', 'Response', 'Faults'], rowsOf(report))}
${details(report)}`;
  return htmlPage({ title, style: STYLE, body });
}

const rowsOf = (report: SweepReport): readonly (readonly string[])[] =>
  byCall(report)
    .filter(({ points }) => points.length > 0)
    .map(({ call: { name, method, url, status }, points }) => [
      `${escapeHtml(name)}<br><small>${escapeHtml(`${method} ${url}`)}</small>`,
      String(status),
      points.map((point) => chip(point.verdict, nameOf(point), `${point.verdict}: ${point.reason}`)).join(' '),
    ]);

const nameOf = ({ fault, phase }: PointResult): string => (phase === 'before' ? fault : `${fault} ${phase}`);

const chip = (verdict: SweepVerdict, text: string, title: string = verdict): string =>
  `<span class="${verdict.replace(' ', '-')}" title="${escapeHtml(title)}">${escapeHtml(text)}</span>`;

function details({ points }: SweepReport): string {
  const shown = points.filter(({ verdict }) => isFault(verdict) || verdict === 'inconclusive');
  if (shown.length === 0) return '';
  const rows = shown.map(({ verdict, id, reason, stderr, findings, recording = '' }) => [
    chip(verdict, verdict),
    ...[id, reason, stderr, findings.join(', '), recording].map(escapeHtml),
  ]);
  const heading = ['Verdict', 'Point', 'Reason', 'Standard error', 'Conduct', 'Recording'];
  return `<h2>Points that need attention</h2>\n${tableOf(heading, rows)}`;
}

/** A table of cells that are HTML already. */
function tableOf(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`);
  return `<table><thead><tr>${heading.map((text) => `<th>${text}</th>`).join('')}</tr></thead><tbody>
${body.join('\n')}
</tbody></table>`;
}

const STYLE = `
:root { color-scheme: light dark; }
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 90rem; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; }
th, td { padding: .2rem .6rem; text-align: left; vertical-align: top; }
thead th { border-bottom: 1px solid; font-weight: 600; }
span { border-radius: 3px; color: #111; display: inline-block; margin: 1px; padding: 0 .35em; white-space: nowrap; }
.handled { background: #7fc97f; } .survived { background: #ffd92f; } .crashed { background: #e78ac3; } .hung { background: #fc8d62; }
.leaked { background: #fdc086; } .duplicated { background: #beaed4; } .lost-data { background: #f0706a; }
.not-reached { background: #ddd; } .inconclusive { background: #bbb; }
@media print { body { max-width: none; } }
`;
