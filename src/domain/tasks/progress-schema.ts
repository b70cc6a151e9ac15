import type { Failure, Pace, Progress } from '../progress.ts';

/** A failure as files and requests give it; `true` for the default failure of the API. */
export type FailForm =
  | boolean
  | {
      readonly code?: string | undefined;
      readonly message?: string | undefined;
      readonly at?: number | undefined;
      readonly stores?: readonly string[] | undefined;
    };

/** A pace as files and requests give it. */
export interface PaceForm {
  readonly by: Pace['by'];
  readonly polls?: number;
  readonly seconds?: number;
}

/** The progress of a task as files and requests give it. */
export interface ProgressForm extends PaceForm {
  readonly fail?: FailForm;
}

type Schema = Readonly<Record<string, unknown>>;

/** Schema of a failure. */
export const FAIL_SCHEMA: Schema = {
  type: ['object', 'boolean'],
  description: 'Makes the task fail, and how. `true` for the default failure of the service.',
  additionalProperties: false,
  properties: {
    code: {
      type: 'string',
      minLength: 1,
      description: 'Code of the failure, in services that have them: 721, IMG.0057.',
    },
    message: {
      type: 'string',
      minLength: 1,
      description: 'Message of the failure. Default: the usual message for the code.',
    },
    at: {
      type: 'number',
      minimum: 0,
      maximum: 99,
      description: 'Percentage of the task at which it fails. Default: at its end.',
    },
    stores: {
      type: 'array',
      minItems: 1,
      uniqueItems: true,
      items: { type: 'string', minLength: 1 },
      description: 'Ids of the stores that fail, for imports into several stores. Default: all of them.',
    },
  },
};

/** Schemas of the members of a pace. */
export const PACE_MEMBERS = {
  by: {
    enum: ['once', 'polls', 'clock', 'hand'],
    description:
      'once: ends before the response to the request that starts it. polls: is still running for a number of reads. ' +
      "clock: ends after a number of seconds of the world's clock. hand: the admin API moves it.",
  },
  polls: {
    type: 'integer',
    minimum: 0,
    maximum: 2 ** 31 - 1,
    description: 'Number of reads that find the task running. Default: 1.',
  },
  seconds: { type: 'number', minimum: 0, description: 'Duration in seconds. Default: 1.' },
} as const satisfies Readonly<Record<string, Schema>>;

const only = (member: string, by: Pace['by']): Schema => ({
  if: { properties: { [member]: {} }, required: [member] },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: { properties: { by: { const: by } } },
});

/** Schema that allows `polls` and `seconds` only with the `by` that they belong to. */
export const PACE_RULES: Schema = { allOf: [only('polls', 'polls'), only('seconds', 'clock')] };

/** Schemas of the members of progress. */
export const PROGRESS_MEMBERS = { ...PACE_MEMBERS, fail: FAIL_SCHEMA };

/** Parses a failure; `undefined` for a task that succeeds. */
export function parseFailure(fail: FailForm | undefined): Failure | undefined {
  if (fail === undefined || fail === false) return undefined;
  const { code = null, message = null, at, stores } = fail === true ? {} : fail;
  return { code, message, ...(at !== undefined && { at }), ...(stores !== undefined && { stores }) };
}

/** Parses a pace. */
export function parsePace({ by, polls, seconds }: PaceForm): Pace {
  switch (by) {
    case 'polls':
      return { by, polls: polls ?? 1 };
    case 'clock':
      return { by, seconds: seconds ?? 1 };
    default:
      return { by };
  }
}

/** Parses progress. */
export function parseProgressForm({ fail, ...pace }: ProgressForm): Progress {
  const failure = parseFailure(fail);
  return { pace: parsePace(pace), ...(failure !== undefined && { failure }) };
}

/** Presents a failure as files and requests give it. */
export const presentFailure = ({ code, message, at, stores }: Failure): Schema => ({
  ...(code !== null && { code }),
  ...(message !== null && { message }),
  ...(at !== undefined && { at }),
  ...(stores !== undefined && { stores }),
});
