import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import type { ConformCase } from '../../src/conform/case.ts';
import { SHIPPED_CASES } from '../../src/conform/load.ts';
import { packageFile, packageVersion } from '../../src/input/package-files.ts';
import type { ReportedCase, ReportResults } from './results.ts';

/** Which version of the suite the cases are. */
export function suiteOf(cases: readonly ConformCase[]): ReportResults['suite'] {
  const hash = createHash('sha256');
  for (const one of cases) hash.update(JSON.stringify({ ...one, place: '' }));
  const log = ['log', '-1', '--format=%cs', '--', SHIPPED_CASES];
  return {
    sideglance: packageVersion(),
    date: execFileSync('git', log, { cwd: packageFile('.'), encoding: 'utf8' }).trim(),
    digest: hash.digest('hex').slice(0, 12),
  };
}

/** What the page tells of a case. */
export const reportedCase = ({ id, profile, task, title, correct }: ConformCase): ReportedCase => ({
  id,
  profile,
  task,
  title,
  correct,
});
