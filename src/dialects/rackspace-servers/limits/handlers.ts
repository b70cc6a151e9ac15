import { jsonReply, type OperationHandlers } from '../../../contract/contract.ts';
import type { Context } from '../../dialect.ts';
import { requestHandler } from '../../rackspace/requests.ts';
import { checks } from '../wire.ts';
import type { limitOperations } from './contract.ts';
import { presentAbsolute, presentQuotas } from './quotas.ts';
import { presentRates } from './rate-limits.ts';

/** Handlers of the operations on limits and quotas. */
export const limitHandlers: OperationHandlers<typeof limitOperations, Context> = {
  showLimits: requestHandler((call, { cloud, caller }) => {
    checks.rejectBody(call);
    return jsonReply(200, { limits: { rate: presentRates(cloud, caller), absolute: presentAbsolute(cloud, caller) } });
  }),

  showQuotas: requestHandler((call, { cloud, caller }) => {
    checks.rejectBody(call);
    const { target_tenant_id: target } = call.params;
    if (target !== caller.projectId && !caller.isAdmin) return checks.reject(403, 'The quotas are those of others.');
    return jsonReply(200, presentQuotas(cloud, target));
  }),
};
