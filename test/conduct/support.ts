import { analyzeConduct, type ConductOptions, type ConductReport } from '../../src/conduct/analyze.ts';
import { DIALECTS } from '../../src/dialects/index.ts';
import { Journal, type JournalOptions } from '../../src/journal/journal.ts';
import type { RecordedRequest } from '../../src/journal/recorded.ts';
import { recorded } from '../support/journal.ts';

const contracts = DIALECTS.map(({ contract }) => contract);

/** Judges requests that were recorded one second after the other, unless they say when. */
export function judge(
  requests: readonly Partial<RecordedRequest>[],
  options: ConductOptions & { readonly journal?: Partial<JournalOptions>; readonly images?: readonly string[] } = {},
): ConductReport {
  const journal = new Journal(options.journal);
  for (const [at, changes] of requests.entries()) {
    const started = changes.started ?? at * 1000;
    journal.record(recorded({ started, time: started, requestHeaders: ['User-Agent', 'client'], ...changes }));
  }
  const data = { sizeBytes: null, checksum: null };
  const findImage = (id: string) => (options.images?.includes(id) ? data : undefined);
  return analyzeConduct({ journal, contracts, findImage }, options).atOnce();
}

/** The verdict of one rule. */
export const verdictOf = (rule: string, ...given: Parameters<typeof judge>): string =>
  judge(...given).rules.find((each) => each.rule === rule)?.verdict ?? 'unknown rule';
