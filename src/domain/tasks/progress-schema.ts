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

/** Schemas of the members of a pace. */
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

/** Schema that allows each member of a pace only with the way of moving that it belongs to. */
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
