import type { Problem } from './schema-check.ts';

/** Why a recording cannot be shown: where, what was found there, and what is allowed. */
export class RecordingProblem extends Error {
  readonly file: string;
  readonly problem: Problem & { readonly line?: number };

  constructor(file: string, problem: Problem & { readonly line?: number }) {
    super(problem.message);
    this.file = file;
    this.problem = problem;
  }

  /** Where it is, such as `line 12, /requests/3/status`. */
  get place(): string {
    const { line, pointer } = this.problem;
    return [...(line === undefined ? [] : [`line ${line}`]), ...(pointer === '' ? [] : [pointer])].join(', ');
  }
}
