import { parseSize, SIZE_PATTERN } from '../base/size.ts';
import { CONNECTION_ERRORS, type ConnectionError, type SourceBehavior } from './web.ts';

/** The behavior of a source as files and requests give it. Sizes are bytes, or a number with a unit. */
export interface BehaviorForm {
  readonly error?: ConnectionError;
  readonly status?: number;
  readonly redirect?: string;
  readonly redirects?: number;
  readonly contentLength?: number | string | null;
  readonly truncateAfter?: number | string;
  readonly bytesPerSecond?: number | string;
  readonly seconds?: number;
}

type Schema = Readonly<Record<string, unknown>>;

const bytes = (description: string, minimum = 0): Schema => ({
  type: ['integer', 'string'],
  minimum,
  maximum: Number.MAX_SAFE_INTEGER,
  pattern: SIZE_PATTERN,
  description: `${description} Bytes, or a number with a unit: 512MiB.`,
});

/** Schemas of the members of a behavior. */
export const BEHAVIOR_MEMBERS = {
  error: {
    enum: CONNECTION_ERRORS,
    description:
      'Why there is no response. refused, reset: the connection. dns: the host has no address. timeout: nothing comes, ' +
      'for 127 seconds or for "seconds".',
  },
  status: { type: 'integer', minimum: 200, maximum: 599, description: 'Status of the response. Default: 200.' },
  redirect: { type: 'string', minLength: 1, description: 'Address that the response redirects to (302).' },
  redirects: {
    type: 'integer',
    minimum: 1,
    maximum: 1000,
    description: 'Number of redirects before the response, each to another address. More than 10 are too many.',
  },
  contentLength: {
    ...bytes('Content-Length; null for a response without one. Default: the size of the data.'),
    type: ['integer', 'string', 'null'],
  },
  truncateAfter: bytes('Where the connection ends, although more was announced.'),
  bytesPerSecond: bytes("Speed of the data, by the world's clock.", 1),
  seconds: {
    type: 'number',
    minimum: 0,
    maximum: 31_536_000,
    description: "Seconds by the world's clock before the response, or before a connection without one is given up.",
  },
} as const satisfies Readonly<Record<keyof BehaviorForm, Schema>>;

/** Parses a behavior that matches the schema. */
export function parseBehavior({ contentLength, truncateAfter, bytesPerSecond, ...rest }: BehaviorForm): SourceBehavior {
  return {
    ...rest,
    ...(contentLength !== undefined && { contentLength: contentLength === null ? null : parseSize(contentLength) }),
    ...(truncateAfter !== undefined && { truncateAfter: parseSize(truncateAfter) }),
    ...(bytesPerSecond !== undefined && { bytesPerSecond: parseSize(bytesPerSecond) }),
  };
}

/** A member of a behavior that has no effect beside another one. */
export interface IdleMember {
  readonly member: keyof BehaviorForm | 'data';
  readonly message: string;
  /** Members that are possible instead. */
  readonly allowed: readonly string[];
}

/** Members that are possible beside one that decides the response. `redirects` come before any response. */
const COMPANIONS = {
  error: ['seconds', 'redirects'],
  redirect: ['seconds', 'redirects'],
  status: ['seconds', 'redirects'],
} as const;

/** Finds a member that can have no effect: the data of a response that is an error, for example. */
export function idleMemberOf(behavior: SourceBehavior): IdleMember | undefined {
  const { error, redirect, status = 200 } = behavior;
  const deciding =
    error !== undefined ? 'error' : redirect !== undefined ? 'redirect' : status >= 300 ? 'status' : undefined;
  if (deciding === undefined) return undefined;
  const allowed: readonly string[] = COMPANIONS[deciding];
  const idle = Object.keys(behavior).find((member) => member !== deciding && !allowed.includes(member));
  if (idle === undefined) return undefined;
  const message = `has no effect beside "${deciding}", which decides that there is no data`;
  return { member: idle as IdleMember['member'], message, allowed };
}
