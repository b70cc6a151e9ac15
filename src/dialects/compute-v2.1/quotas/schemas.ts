import { wrapped } from '../schemas.ts';

const count = { type: 'integer', minimum: -1 } as const;

const quotaSet = (value: object) =>
  wrapped('quota_set', {
    type: 'object',
    required: ['instances', 'cores', 'ram'],
    properties: { id: { type: 'string' } },
    additionalProperties: value,
  });

/** `{quota_set}` with a limit for each resource. */
export const QUOTA_SET_REPLY = quotaSet(count);

/** `{quota_set}` with limit, use and reservation for each resource. */
export const QUOTA_DETAIL_REPLY = quotaSet({
  type: 'object',
  required: ['in_use', 'limit', 'reserved'],
  properties: { in_use: count, limit: count, reserved: count },
});
