import type { Call, Contract, Handler, Handlers, Operation } from '../../../contract/contract.ts';
import type { Context } from '../../dialect.ts';
import { quotaUseOf } from '../limits/quotas.ts';
import { fault } from '../protocol/errors.ts';
import { okReply } from '../protocol/media-types.ts';
import { minorOf } from '../protocol/microversion.ts';
import { deniedBy } from '../protocol/policies.ts';
import { withPreconditions } from '../protocol/preconditions.ts';
import { quotaChangeHandlers } from './change-handlers.ts';
import { quotaOperations } from './contract.ts';
import { checkParameters, checkProject, userOf } from './owner.ts';
import { presentQuotaDetail, presentQuotas } from './present.ts';

interface QuotasContract extends Contract {
  readonly operations: typeof quotaOperations;
}

interface QuotaRead {
  readonly operation: Operation;
  /** Policy rule that allows only administrators to read another project. */
  readonly rule?: 'show' | 'detail';
  present(projectId: string, call: Call, context: Context): object;
}

const { showQuotaSet, showQuotaDefaults, showQuotaDetail } = quotaOperations;

/** Nova's order of errors: parameters, policy, project. */
const read = ({ operation, rule, present }: QuotaRead): Handler<Context, 'project_id'> =>
  withPreconditions(operation, (call, context) => {
    const { caller } = context;
    const { project_id: projectId } = call.params;
    const unexpected = rule === undefined ? undefined : checkParameters(call);
    if (unexpected !== undefined) return unexpected;
    const isForeign = projectId !== caller.projectId && !caller.isAdmin;
    if (rule !== undefined && isForeign) return fault(403, deniedBy(`os-quota-sets:${rule}`));
    return checkProject(projectId, context) ?? okReply(call, present(projectId, call, context));
  });

/** Handlers of quotas. */
export const quotaHandlers: Handlers<QuotasContract, Context> = {
  showQuotaSet: read({
    operation: showQuotaSet,
    rule: 'show',
    present: (projectId, call, { cloud }) =>
      presentQuotas(projectId, cloud.quotas.of({ kind: 'project', projectId, userId: userOf(call) }), minorOf(call)),
  }),
  showQuotaDefaults: read({
    operation: showQuotaDefaults,
    present: (projectId, call, { cloud }) => presentQuotas(projectId, cloud.quotas.defaults, minorOf(call)),
  }),
  showQuotaDetail: read({
    operation: showQuotaDetail,
    rule: 'detail',
    present(projectId, call, { cloud }) {
      const userId = userOf(call);
      const quotas = cloud.quotas.of({ kind: 'project', projectId, userId });
      return presentQuotaDetail({ projectId, quotas, use: quotaUseOf(cloud, projectId, userId) }, minorOf(call));
    },
  }),
  ...quotaChangeHandlers,
};
