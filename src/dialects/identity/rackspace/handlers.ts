import type { Call } from '../../../contract/contract.ts';
import { IdentityError } from '../../../identity/problem.ts';
import type { Token } from '../../../identity/tokens/token.ts';
import type { Context } from '../../dialect.ts';
import { tokenOf } from '../../shared/token-headers.ts';
import { NO_CONTENT, reply, requirePermission, type ServiceHandler } from '../service-handler.ts';
import { logIn } from '../v2/log-in.ts';
import { presentCatalog, presentTokenAndUser } from './present.ts';

/** Logs a user in by API key, password or token. */
export const authenticate: ServiceHandler = (call, { cloud }) => {
  const issued = logIn(call, cloud.identity, 'rackspace');
  const { token, user } = presentTokenAndUser(issued, cloud.identity);
  return reply(200, { access: { token, serviceCatalog: presentCatalog(issued, call, cloud), user } });
};

/** Validates the token in the path and shows it. */
export const showToken: ServiceHandler = (call, context) =>
  reply(200, { access: presentTokenAndUser(tokenOfPath(call, context), context.cloud.identity) });

/** Lists the endpoints for the token in the path. */
export const listTokenEndpoints: ServiceHandler = (call, context) => {
  const endpoints = presentCatalog(tokenOfPath(call, context), call, context.cloud)
    .flatMap((service) => service.endpoints.map((endpoint) => ({ endpoint, service })))
    .map(({ endpoint, service: { name, type } }, index) => ({ id: index + 1, ...endpoint, name, type }));
  return reply(200, { endpoints, endpoints_links: [] });
};

/** Revokes the caller's token. */
export const revokeToken: ServiceHandler = (call, { cloud: { identity } }) => {
  identity.revoke(identity.subjectToken(tokenOf(call) ?? ''));
  return NO_CONTENT;
};

/**
 * The token in the path, which its owner and admins may read.
 * @throws IdentityError `token-not-found`, `not-allowed`.
 */
function tokenOfPath(call: Call, { cloud, caller }: Context): Token {
  const token = cloud.identity.subjectToken(call.params['token_id'] ?? '');
  requirePermission(token.userId === caller.userId || caller.isAdmin, null);
  const tenant = call.query.get('belongsTo');
  if (tenant !== null && (token.scope.kind !== 'project' || token.scope.projectId !== tenant)) {
    throw new IdentityError({ kind: 'token-not-found', isKnown: true });
  }
  return token;
}
