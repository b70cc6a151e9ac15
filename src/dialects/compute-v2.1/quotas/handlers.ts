import {
  type Call,
  type Contract,
  type Handler,
  type Handlers,
  jsonReply,
  type Operation,
} from '../../../contract/contract.ts';
import type { Context } from '../../dialect.ts';
import { serverUseOf } from '../limits/quotas.ts';
import { fault } from '../protocol/errors.ts';
import { typeHeader } from '../protocol/media-types.ts';
import { minorOf } from '../protocol/microversion.ts';
import { deniedBy } from '../protocol/policies.ts';
import { withPreconditions } from '../protocol/preconditions.ts';
import { checkNames } from '../protocol/query-checks.ts';
import { quotaOperations } from './contract.ts';
import { presentQuotaDetail, presentQuotas } from './present.ts';

interface QuotasContract extends Contract {
  readonly operations: typeof quotaOperations;
}

/** The first microversion that rejects unknown parameters. */
const FIRST_STRICT = 75;

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
    const { caller, cloud } = context;
    const { project_id: projectId } = call.params;
    const isStrict = rule !== undefined && minorOf(call) >= FIRST_STRICT;
    const unexpected = isStrict ? checkNames(call.query, ['user_id']) : undefined;
    if (unexpected !== undefined) return fault(400, unexpected);
    const isForeign = projectId !== caller.projectId && !caller.isAdmin;
    if (rule !== undefined && isForeign) return fault(403, deniedBy(`os-quota-sets:${rule}`));
    // Nova asks Keystone for the project with the caller's token, and believes others whose question is not allowed.
    const isUnknown = caller.isAdmin && cloud.identity.index.project(projectId) === undefined;
    if (isUnknown) return fault(400, `Project ID ${projectId} is not a valid project.`);
    return jsonReply(200, present(projectId, call, context), typeHeader(call));
  });

/** Handlers of quotas. */
export const quotaHandlers: Handlers<QuotasContract, Context> = {
  showQuotaSet: read({
    operation: showQuotaSet,
    rule: 'show',
    present: (projectId, call) => presentQuotas(projectId, minorOf(call)),
  }),
  showQuotaDefaults: read({
    operation: showQuotaDefaults,
    present: (projectId, call) => presentQuotas(projectId, minorOf(call)),
  }),
  showQuotaDetail: read({
    operation: showQuotaDetail,
    rule: 'detail',
    present: (projectId, call, { cloud }) =>
      presentQuotaDetail(projectId, serverUseOf(cloud, projectId), minorOf(call)),
  }),
};
