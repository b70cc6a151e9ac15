import { markdownRow } from '../../base/markdown.ts';
import type { CoverageReport } from '../report.ts';
import { dialectRows, NUMBER_HEADINGS, numbersOf, summaryOf, unmet } from './lists.ts';

type Rows = readonly (readonly string[])[];

/** A section of a report in text or Markdown. */
interface Section {
  readonly title: string | undefined;
  readonly heading: readonly string[];
  readonly rows: Rows;
}

/** Formats a report as Markdown. */
export const toMarkdown = (report: CoverageReport): string =>
  [
    `${summaryOf(report)}.`,
    ...sectionsOf(report).map(({ title, heading, rows }) => {
      const lines = [heading, heading.map(() => '---'), ...rows].map(markdownRow);
      return [...(title === undefined ? [] : [`## ${title}`, '']), ...lines].join('\n');
    }),
  ].join('\n\n');

/**
 * Formats a report as text.
 * @param table - aligns the columns of rows.
 */
export const toText = (report: CoverageReport, table: (rows: Rows) => string): string =>
  [
    ...sectionsOf(report).map(({ title, heading, rows }) =>
      [...(title === undefined ? [] : [`${title}:`]), table([heading, ...rows])].join('\n'),
    ),
    summaryOf(report),
  ].join('\n\n');

function sectionsOf(report: CoverageReport): readonly Section[] {
  const sections: readonly Section[] = [
    {
      title: undefined,
      heading: ['API', ...NUMBER_HEADINGS],
      rows: dialectRows(report).map(({ dialect, totals }) => [dialect, ...numbersOf(totals)]),
    },
    {
      title: 'Not returned',
      heading: ['OPERATION', 'STATUSES'],
      rows: unmet(report.cells).map(({ name, cells }) => [name, cells.map(({ status }) => status).join(' ')]),
    },
    {
      title: 'Returned, but not documented',
      heading: ['OPERATION', 'STATUS', 'COUNT'],
      rows: report.undocumented.map(({ dialect, operation, status, natural, byProfile, injected }) => [
        `${dialect}.${operation}`,
        String(status),
        String(natural + byProfile + injected),
      ]),
    },
    {
      title: 'Responses of proxies',
      heading: ['OPERATION', 'PROXY RESPONSE', 'COUNT'],
      rows: report.observed.map(({ dialect, operation, answer, injected }) => [
        `${dialect}.${operation}`,
        answer,
        String(injected),
      ]),
    },
    {
      title: 'Faults',
      heading: ['OPERATION', 'FAULT', 'COUNT'],
      rows: report.faults.map(({ dialect, operation, kind, count }) => [
        `${dialect}.${operation}`,
        kind,
        String(count),
      ]),
    },
    {
      title: 'Labels',
      heading: ['LABEL', 'DIFFERENT RESPONSES', 'RESPONSES'],
      rows: report.labels.map(({ label, cells }) => [
        label,
        String(cells.length),
        String(cells.reduce((sum, { count }) => sum + count, 0)),
      ]),
    },
  ];
  return sections.filter(({ title, rows }) => title === undefined || rows.length > 0);
}
