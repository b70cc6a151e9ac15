import { type Contract, type Handlers, jsonReply } from '../../../contract/contract.ts';
import type { Context } from '../../dialect.ts';
import { fault } from '../protocol/errors.ts';
import { typeHeader } from '../protocol/media-types.ts';
import { minorOf } from '../protocol/microversion.ts';
import { deniedBy } from '../protocol/policies.ts';
import { withPreconditions } from '../protocol/preconditions.ts';
import { checkNames } from '../protocol/query-checks.ts';
import { limitOperations } from './contract.ts';
import { presentLimits } from './present.ts';

interface LimitsContract extends Contract {
  readonly operations: typeof limitOperations;
}

/** The first microversion that rejects unknown parameters. */
const FIRST_STRICT = 75;

/** Handlers of limits. */
export const limitHandlers: Handlers<LimitsContract, Context> = {
  showLimits: withPreconditions(limitOperations.showLimits, (call, { cloud, caller }) => {
    const unexpected = minorOf(call) >= FIRST_STRICT ? checkNames(call.query, ['tenant_id']) : undefined;
    if (unexpected !== undefined) return fault(400, unexpected);
    if (caller.projectId === '') return fault(403, 'Forbidden');
    const requested = call.query.get('tenant_id');
    if (requested !== null && !caller.isAdmin) return fault(403, deniedBy('limits:other_project'));
    const projectId = requested ?? caller.projectId;
    return jsonReply(200, presentLimits(cloud, projectId, minorOf(call)), typeHeader(call));
  }),
};
