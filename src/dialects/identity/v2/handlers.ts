import { tokenOf } from '../../shared/token-headers.ts';
import { reply, type ServiceHandler } from '../service-handler.ts';
import { logIn } from './log-in.ts';
import { presentAccess, presentTenant } from './present.ts';

/** Logs a user in and issues a token. */
export const authenticate: ServiceHandler = (call, { cloud }) =>
  reply(200, presentAccess(logIn(call, cloud.identity, 'keystone'), call, cloud));

/** Lists the enabled tenants in which the caller has a role. */
export const listTenants: ServiceHandler = (call, { cloud: { identity } }) => {
  const { userId } = identity.subjectToken(tokenOf(call) ?? '');
  const tenants = identity.index.projects(userId).filter(({ isEnabled }) => isEnabled);
  return reply(200, { tenants: tenants.map(presentTenant), tenants_links: [] });
};

/** Describes version 2.0. */
export const showVersion2: ServiceHandler = (call) =>
  reply(200, {
    version: {
      id: 'v2.0',
      status: 'deprecated',
      updated: '2016-08-04T00:00:00Z',
      links: [{ rel: 'self', href: `${call.base}/v2.0/` }],
      'media-types': [{ base: 'application/json', type: 'application/vnd.openstack.identity-v2.0+json' }],
    },
  });
