import type { JsonSchema } from '../contract/schema.ts';
import { SWEEP_VERDICTS } from './verdict.ts';

const TEXT: JsonSchema = { type: 'string' };
const COUNT: JsonSchema = { type: 'integer', minimum: 0 };
const MILLISECONDS: JsonSchema = { type: 'number', minimum: 0 };

const object = (properties: Readonly<Record<string, JsonSchema>>, optional: readonly string[] = []): JsonSchema => ({
  type: 'object',
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  properties,
});

const list = (items: JsonSchema): JsonSchema => ({ type: 'array', items });

/** Schema of the result of one point. */
export const POINT_RESULT = object(
  {
    id: TEXT,
    call: TEXT,
    fault: TEXT,
    phase: TEXT,
    basis: TEXT,
    verdict: { enum: SWEEP_VERDICTS },
    reason: TEXT,
    end: { enum: ['exited', 'signalled', 'timed out', 'aborted', 'not started'] },
    exitCode: { type: ['integer', 'null'] },
    signal: { type: ['string', 'null'] },
    milliseconds: MILLISECONDS,
    requests: COUNT,
    sameOutput: { type: ['boolean', 'null'] },
    findings: list(TEXT),
    stderr: TEXT,
    recording: TEXT,
    previous: { enum: SWEEP_VERDICTS },
  },
  ['recording', 'previous'],
);

/** Value of `format` in reports. A new one is written when older readers could not read it. */
export const REPORT_FORMAT = 'sideglance-sweep/1';

/** Schema of a report. */
export const REPORT = object(
  {
    format: { const: REPORT_FORMAT },
    command: list(TEXT),
    seed: TEXT,
    baseline: object({
      milliseconds: MILLISECONDS,
      calls: list(object({ name: TEXT, method: TEXT, url: TEXT, status: COUNT, basis: TEXT })),
      notes: list(TEXT),
    }),
    points: list(POINT_RESULT),
    notRun: COUNT,
    elsewhere: COUNT,
  },
  // Reports of earlier versions do not have it.
  ['elsewhere'],
);

/** Value of `format` in the first line of results files. */
export const RESULTS_FORMAT = 'sideglance-sweep-results/1';

/** Schema of the first line of a results file: what has to be the same for a sweep to be resumed. */
export const RESULTS_HEAD = object({
  format: { const: RESULTS_FORMAT },
  command: list(TEXT),
  /** Options that can change a verdict. */
  options: { type: 'object' },
});
