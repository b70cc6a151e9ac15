import { domains } from '../domains/resource.ts';
import { collectionLinks } from '../links.ts';
import { projectsOfUser } from '../projects/handlers.ts';
import { projects } from '../projects/resource.ts';
import { recordHandler } from '../records/handlers.ts';
import { presentRecord } from '../records/present.ts';
import type { RecordRequest } from '../records/record-request.ts';
import { reply } from '../service-handler.ts';

/** The path of a list without the slash at its end. */
const pathOf = ({ call: { path } }: RecordRequest): string => path.replace(/\/+$/, '');

/** Lists the projects in which the caller has a role. */
export const listAuthProjects = recordHandler((request) =>
  reply(200, {
    projects: projectsOfUser(request, request.requester.userId).map((project) =>
      presentRecord(projects, project, request),
    ),
    links: collectionLinks(request.call, pathOf(request)),
  }),
);

/** Lists the domains in which the caller has a role. */
export const listAuthDomains = recordHandler((request) =>
  reply(200, {
    domains: request.context.cloud.identity.index.effective
      .domains(request.requester.userId)
      .map((domain) => presentRecord(domains, domain, request)),
    links: collectionLinks(request.call, pathOf(request)),
  }),
);

/** Lists the system, if the caller itself has a role in it: those of its groups do not count here. */
export const listAuthSystem = recordHandler(({ call, records, requester }) => {
  const grants = records.by('grant', 'actor', requester.userId);
  return reply(200, {
    system: grants.some((grant) => grant.target_type === 'system') ? [{ all: true }] : [],
    links: { self: `${call.base}/v3/auth/system` },
  });
});
