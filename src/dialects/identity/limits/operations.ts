import { recordOperation } from '../records/operations.ts';
import { reply } from '../service-handler.ts';
import { LIMIT_MODEL_REPLY } from '../special-response-schemas.ts';
import { withSubjectCheck } from '../subject-token.ts';

/** Operations on limits beyond those of every resource. */
export const limitOperations = {
  showLimitModel: recordOperation({
    method: 'get',
    path: '/v3/limits/model',
    summary: 'Show how limits are enforced.',
    success: 200,
    statuses: [200, 401],
    response: LIMIT_MODEL_REPLY,
    section: 'Unified limits',
  }),
};

const MODEL = {
  name: 'flat',
  description: 'Limit enforcement and validation does not take project hierarchy into consideration.',
} as const;

const showLimitModel = withSubjectCheck(() => reply(200, { model: MODEL }));

/** Handlers of `limitOperations`. */
export const limitHandlers = { showLimitModel };
