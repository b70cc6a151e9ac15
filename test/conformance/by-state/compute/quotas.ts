import type { Client } from '../../support.ts';
import { type Params, UNKNOWN_ID } from '../requests.ts';
import type { RecipeTable } from '../table.ts';
import { by, byAdmin, commonErrors, notUtf8, type Recipes, type Request } from './recipes.ts';

const FOREIGN = { project_id: UNKNOWN_ID };
const own = ({ projectId }: Client): Params => ({ project_id: projectId });

const readQuotas = (operation: string): Recipes => ({
  ...commonErrors({ operation }),
  200: by({ operation }),
  400: byAdmin({ operation, params: FOREIGN }),
  403: by({ operation, params: FOREIGN }),
});

/** Only the administrator may send the request. */
const change = (request: Request, success: number): Recipes => ({
  ...commonErrors({ ...request, user: 'admin' }),
  [success]: byAdmin(request),
  403: by(request),
});

const update: Request = { operation: 'updateQuotaSet', params: own, body: { quota_set: { cores: 40 } } };
const updateClass: Request = {
  operation: 'updateQuotaClassSet',
  params: { class_name: 'default' },
  body: { quota_class_set: { cores: 40 } },
};
const { 403: _readByAll, ...defaults } = readQuotas('showQuotaDefaults');

const usage = (operation: string, denied: Request): Recipes => ({
  ...commonErrors({ operation, user: 'admin' }),
  200: byAdmin({ operation }),
  400: byAdmin({ operation, query: { start: 'yesterday' } }),
  403: by(denied),
});

/** Recipes for quotas and what is used. */
export const quotas: RecipeTable = {
  showQuotaSet: readQuotas('showQuotaSet'),
  showQuotaDefaults: defaults,
  showQuotaDetail: readQuotas('showQuotaDetail'),
  updateQuotaSet: {
    ...change(update, 200),
    400: byAdmin({ ...update, params: FOREIGN }),
    500: byAdmin({ ...update, body: { quota_set: null } }),
  },
  deleteQuotaSet: change({ operation: 'deleteQuotaSet', params: own }, 202),
  showQuotaClassSet: change({ operation: 'showQuotaClassSet', params: { class_name: 'default' } }, 200),
  updateQuotaClassSet: {
    ...change(updateClass, 200),
    400: byAdmin({ ...updateClass, body: {} }),
    500: notUtf8({ ...updateClass, user: 'admin' }),
  },
  listTenantUsage: usage('listTenantUsage', { operation: 'listTenantUsage' }),
  showTenantUsage: usage('showTenantUsage', { operation: 'showTenantUsage', params: FOREIGN }),
};
