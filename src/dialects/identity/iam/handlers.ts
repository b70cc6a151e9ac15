import { collectionLinks } from '../links.ts';
import { matchesProject } from '../projects/filters.ts';
import { presentProject } from '../projects/present.ts';
import { reply, type ServiceHandler } from '../service-handler.ts';

/** Lists the projects of the caller. Any of them can be found by the name of the region. */
export const listProjects: ServiceHandler = (call, { cloud, caller }) => {
  const { index } = cloud.identity;
  const isRegion = call.query.get('name') === index.directory.regions.huawei;
  const projects = index
    .projects(caller.userId)
    .filter((project) =>
      matchesProject(project, call.query, isRegion ? ['domain_id', 'parent_id'] : ['name', 'domain_id', 'parent_id']),
    );
  return reply(200, {
    projects: projects.map((project) => presentProject(project, call)),
    links: collectionLinks(call, '/v3/projects'),
  });
};
