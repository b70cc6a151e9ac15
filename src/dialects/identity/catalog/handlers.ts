import { reply, requesterOf, requirePermission, type ServiceHandler } from '../service-handler.ts';
import { presentCatalog } from './present.ts';

/** Shows the catalog to a token for a project. */
export const getCatalog: ServiceHandler = (call, context, service) => {
  requirePermission(requesterOf(context).scope.kind === 'project', null);
  const catalog = presentCatalog(call, context.cloud, service);
  return reply(200, { catalog, links: { self: `${call.base}/v3/auth/catalog` } });
};
