import type { Failure, Pace, Progress } from '../progress.ts';

/** How a task fails, as it is written; `true` for however its API does. */
export type FailForm =
  | boolean
  | {
      readonly code?: string | undefined;
      readonly message?: string | undefined;
      readonly at?: number | undefined;
      readonly stores?: readonly string[] | undefined;
    };

/** A pace as it is written. */
export interface PaceForm {
  readonly by: Pace['by'];
  readonly polls?: number;
  readonly seconds?: number;
}

/** How a task gets on, as it is written. */
export interface ProgressForm extends PaceForm {
  readonly fail?: FailForm;
}

type Schema = Readonly<Record<string, unknown>>;

/** How a task fails. */
export const FAIL_SCHEMA: Schema = {
  type: ['object', 'boolean'],
  description: 'That it fails, and how the service says so.',
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
      description: 'What is said of it; what is usual for the code when left out.',
    },
    at: {
      type: 'number',
      minimum: 0,
      maximum: 99,
      description: 'Percent of its way at which it fails; at its end when left out.',
    },
    stores: {
      type: 'array',
      minItems: 1,
      uniqueItems: true,
      items: { type: 'string', minLength: 1 },
      description: 'Stores that take nothing, for imports of image-v2 into several; all of them when left out.',
    },
  },
};

/** Members of what moves a task. */
export const PACE_MEMBERS = {
  by: {
    enum: ['once', 'polls', 'clock', 'hand'],
    description:
      'once: ended when its beginning is answered. polls: so many reads still find it on its way. ' +
      "clock: ended so many seconds later, by the world's clock. hand: the admin API moves it.",
  },
  polls: {
    type: 'integer',
    minimum: 0,
    maximum: 2 ** 31 - 1,
    description: 'Reads that find it on its way; 1 when left out.',
  },
  seconds: { type: 'number', minimum: 0, description: 'How long it takes; 1 when left out.' },
} as const satisfies Readonly<Record<string, Schema>>;

const only = (member: string, by: Pace['by']): Schema => ({
  if: { properties: { [member]: {} }, required: [member] },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: { properties: { by: { const: by } } },
});

/** Holds members of a pace to the way of moving that they are for. */
export const PACE_RULES: Schema = { allOf: [only('polls', 'polls'), only('seconds', 'clock')] };

/** Members of progress. */
export const PROGRESS_MEMBERS = { ...PACE_MEMBERS, fail: FAIL_SCHEMA };

/** How a task fails, of what is written; `undefined` for one that does not. */
export function parseFailure(fail: FailForm | undefined): Failure | undefined {
  if (fail === undefined || fail === false) return undefined;
  const { code = null, message = null, at, stores } = fail === true ? {} : fail;
  return { code, message, ...(at !== undefined && { at }), ...(stores !== undefined && { stores }) };
}

/** What moves a task, of what is written. */
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

/** Progress, of what is written. */
export function parseProgressForm({ fail, ...pace }: ProgressForm): Progress {
  const failure = parseFailure(fail);
  return { pace: parsePace(pace), ...(failure !== undefined && { failure }) };
}

/** A failure as it is written. */
export const presentFailure = ({ code, message, at, stores }: Failure): Schema => ({
  ...(code !== null && { code }),
  ...(message !== null && { message }),
  ...(at !== undefined && { at }),
  ...(stores !== undefined && { stores }),
});
