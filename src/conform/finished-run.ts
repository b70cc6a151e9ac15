import type { ImageChangeView } from '../admin/images.ts';
import type { CaseOrigin } from './case-origin.ts';
import type { ExitOf } from './result.ts';

/** How the client ended, what there was before, and what is different now. */
export interface FinishedRun {
  readonly exit: ExitOf;
  readonly origin: CaseOrigin;
  /** Images that differ from those of the start. */
  readonly changes: readonly ImageChangeView[];
  /** Content of `SIDEGLANCE_OUTPUT`; `undefined` if there is no such file. */
  readonly output: Buffer | undefined;
  /** Content of `SIDEGLANCE_FILE`. */
  readonly file: Buffer | undefined;
}
