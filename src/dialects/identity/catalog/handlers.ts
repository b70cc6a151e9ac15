import { reply, requesterOf, requirePermission, type ServiceHandler } from '../service-handler.ts';
import { presentCatalog } from './present.ts';

/** Shows the catalog to a token for a project. */
export const getCatalog: ServiceHandler = (call, context, service) => {
  const requester = requesterOf(context);
  requirePermission(requester.scope.kind === 'project', null);
  const catalog = presentCatalog({ call, cloud: context.cloud, service }, requester);
  return reply(200, { catalog, links: { self: `${call.base}/v3/auth/catalog` } });
};
