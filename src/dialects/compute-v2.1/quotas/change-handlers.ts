import { type Call, type Contract, type Handlers, jsonReply, type Reply } from '../../../contract/contract.ts';
import type { ChangedQuotas, QuotaName, QuotaOwner } from '../../../domain/servers/quotas.ts';
import type { Context } from '../../dialect.ts';
import { isTrue } from '../../nova/booleans.ts';
import { quotaUseOf } from '../limits/quotas.ts';
import { versionedBody } from '../protocol/check-body.ts';
import { fault } from '../protocol/errors.ts';
import { noContent, okReply, typeHeader } from '../protocol/media-types.ts';
import { minorOf } from '../protocol/microversion.ts';
import { requireAdmin } from '../protocol/policies.ts';
import { withPreconditions } from '../protocol/preconditions.ts';
import { ServerError } from '../protocol/server-error.ts';
import type { quotaOperations } from './contract.ts';
import { quotaOperations as operations } from './contract.ts';
import { NETWORKS_QUOTA } from './names.ts';
import { checkParameters, checkProject, userOf } from './owner.ts';
import { presentChangedQuotas, presentClassQuotas } from './present.ts';
import { classChangeSchema, quotaChangeSchema } from './schemas.ts';

/** The operations whose handlers are here. */
interface QuotaChangesContract extends Contract {
  readonly operations: Pick<
    typeof quotaOperations,
    'updateQuotaSet' | 'deleteQuotaSet' | 'showQuotaClassSet' | 'updateQuotaClassSet'
  >;
}

const checkChange = versionedBody(operations.updateQuotaSet, quotaChangeSchema);
const checkClassChange = versionedBody(operations.updateQuotaClassSet, classChangeSchema);

const MAX_CLASS_NAME = 255;

/** The requested limits as numbers. */
const limitsOf = (requested: object): readonly (readonly [QuotaName, number])[] =>
  Object.entries(requested)
    .filter(([name]) => name !== 'force' && name !== NETWORKS_QUOTA)
    .map(([name, value]) => [name as QuotaName, Number(value)]);

/** The limit as a number to compare: -1 means no limit. */
const comparable = (limit: number): number => (limit === -1 ? Number.POSITIVE_INFINITY : limit);

/** Compares limits with what is used, and those of a user with the limits of the project. */
function checkRange(context: Context, owner: Extract<QuotaOwner, { kind: 'project' }>, requested: object) {
  const { projectId, userId } = owner;
  const use: Readonly<Record<string, number>> = quotaUseOf(context.cloud, projectId, userId);
  const project = context.cloud.quotas.of({ kind: 'project', projectId });
  for (const [name, limit] of limitsOf(requested)) {
    const used = use[name] ?? 0;
    const most = userId === undefined ? -1 : project[name];
    if (comparable(limit) < used) {
      return fault(
        400,
        `Quota limit ${limit} for ${name} must be greater than or equal to already used and reserved ${used}.`,
      );
    }
    if (comparable(limit) > comparable(most)) {
      return fault(400, `Quota limit ${limit} for ${name} must be less than or equal to ${most}.`);
    }
  }
  return undefined;
}

function updateQuotaSet(call: Call<'project_id'>, context: Context): Reply {
  const { project_id: projectId } = call.params;
  const error = checkParameters(call) ?? requireAdmin(context.caller, 'os-quota-sets:update');
  if (error !== undefined) return error;
  const unknown = checkProject(projectId, context);
  if (unknown !== undefined) return unknown;
  const { quota_set: requested } = call.json as { readonly quota_set: unknown };
  if (requested === null) throw new ServerError('TypeError');
  if (typeof requested !== 'object' || Array.isArray(requested)) throw new ServerError('AttributeError');
  if (NETWORKS_QUOTA in requested) return fault(400, 'The networks quota has been removed');
  const owner = { kind: 'project', projectId, userId: userOf(call) } as const;
  const { force = false } = requested as { readonly force?: unknown };
  const outside = isTrue(String(force)) ? undefined : checkRange(context, owner, requested);
  if (outside !== undefined) return outside;
  const { quotas } = context.cloud;
  quotas.change(owner, Object.fromEntries(limitsOf(requested)) as ChangedQuotas);
  return okReply(call, presentChangedQuotas(quotas.of(owner), minorOf(call)));
}

function updateClass(call: Call<'class_name'>, { cloud, caller }: Context): Reply {
  const error = requireAdmin(caller, 'os-quota-class-sets:update');
  if (error !== undefined) return error;
  const { class_name: name } = call.params;
  if (name.length > MAX_CLASS_NAME) {
    return fault(400, `quota_class_name has ${name.length} characters, more than ${MAX_CLASS_NAME}.`);
  }
  const { quota_class_set: requested } = call.json as { readonly quota_class_set: unknown };
  if (typeof requested !== 'object' || requested === null || Array.isArray(requested)) {
    throw new ServerError('AttributeError');
  }
  const owner = { kind: 'class', name } as const;
  cloud.quotas.change(owner, Object.fromEntries(limitsOf(requested)) as ChangedQuotas);
  return okReply(call, presentClassQuotas(undefined, cloud.quotas.of(owner), minorOf(call)));
}

/** Handlers of changes of quotas, and of the quotas of classes. Nova's order of errors: body, parameters, policy, project. */
export const quotaChangeHandlers: Handlers<QuotaChangesContract, Context> = {
  updateQuotaSet: withPreconditions(
    operations.updateQuotaSet,
    (call, context) => checkChange(call) ?? updateQuotaSet(call, context),
  ),

  deleteQuotaSet: withPreconditions(operations.deleteQuotaSet, (call, { cloud, caller }) => {
    const error = checkParameters(call) ?? requireAdmin(caller, 'os-quota-sets:delete');
    if (error !== undefined) return error;
    cloud.quotas.reset({ projectId: call.params.project_id, userId: userOf(call) });
    return { ...noContent(call), status: 202 };
  }),

  showQuotaClassSet: withPreconditions(operations.showQuotaClassSet, (call, { cloud, caller }) => {
    const error = requireAdmin(caller, 'os-quota-class-sets:show');
    if (error !== undefined) return error;
    const { class_name: name } = call.params;
    const quotas = cloud.quotas.of({ kind: 'class', name });
    return jsonReply(200, presentClassQuotas(name, quotas, minorOf(call)), typeHeader(call));
  }),

  updateQuotaClassSet: withPreconditions(
    operations.updateQuotaClassSet,
    (call, context) => checkClassChange(call) ?? updateClass(call, context),
  ),
};
