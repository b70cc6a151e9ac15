import { presentDomain } from '../domains/present.ts';
import { collectionLinks } from '../links.ts';
import { presentProject } from '../projects/present.ts';
import { reply, type ServiceHandler } from '../service-handler.ts';

/** Lists the projects in which the caller has a role. */
export const listAuthProjects: ServiceHandler = (call, { cloud, caller }) =>
  reply(200, {
    projects: cloud.identity.index.projects(caller.userId).map((project) => presentProject(project, call)),
    links: collectionLinks(call, '/v3/auth/projects'),
  });

/** Lists the domains in which the caller has a role. */
export const listAuthDomains: ServiceHandler = (call, { cloud, caller }) =>
  reply(200, {
    domains: cloud.identity.index.domains(caller.userId).map((domain) => presentDomain(domain, call)),
    links: collectionLinks(call, '/v3/auth/domains'),
  });

/** Lists the system, if the caller has a role in it. */
export const listAuthSystem: ServiceHandler = (call, { cloud, caller }) =>
  reply(200, {
    system: cloud.identity.index.rolesInSystem(caller.userId).length > 0 ? [{ all: true }] : [],
    links: { self: `${call.base}/v3/auth/system` },
  });
