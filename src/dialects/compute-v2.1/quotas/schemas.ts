import type { JsonSchema } from '../../../contract/schema.ts';
import { FLAG, LIMIT, wrapped } from '../schemas.ts';
import { classQuotaNamesInRequests, quotaNamesInRequests } from './names.ts';

const count = { type: 'integer', minimum: -1 } as const;

const quotaSet = (name: string, value: object) =>
  wrapped(name, {
    type: 'object',
    required: ['instances', 'cores', 'ram'],
    properties: { id: { type: 'string' } },
    additionalProperties: value,
  });

/** `{quota_set}` with a limit for each resource. */
export const QUOTA_SET_REPLY = quotaSet('quota_set', count);

/** `{quota_class_set}` with a limit for each resource. */
export const QUOTA_CLASS_SET_REPLY = quotaSet('quota_class_set', count);

/** `{quota_set}` with limit, use and reservation for each resource. */
export const QUOTA_DETAIL_REPLY = quotaSet('quota_set', {
  type: 'object',
  required: ['in_use', 'limit', 'reserved'],
  properties: { in_use: count, limit: count, reserved: count },
});

/** A request with one member of any type, for every microversion. Nova fails on values that are no objects. */
export const anyMember = <Name extends string>(name: Name): JsonSchema => ({
  type: 'object',
  required: [name],
  properties: { [name]: {} },
});

/** All types of JSON: Nova limits the members of objects only. */
const ANY_TYPE = ['object', 'array', 'string', 'number', 'boolean', 'null'] as const;

const limits = (names: readonly string[], more: object = {}) => ({
  type: ANY_TYPE,
  properties: { ...Object.fromEntries(names.map((name) => [name, LIMIT])), ...more },
  additionalProperties: false,
});

/** The exact schema of a request that changes quotas. @param minor - microversion. */
export const quotaChangeSchema = (minor: number): JsonSchema =>
  wrapped('quota_set', limits(quotaNamesInRequests(minor), { force: FLAG }));

/** The exact schema of a request that changes the quotas of a class. @param minor - microversion. */
export const classChangeSchema = (minor: number): JsonSchema =>
  wrapped('quota_class_set', limits(classQuotaNamesInRequests(minor)));
