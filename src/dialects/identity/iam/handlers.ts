import { collectionLinks } from '../links.ts';
import { matchesProject } from '../projects/filters.ts';
import { projects } from '../projects/resource.ts';
import { recordHandler } from '../records/handlers.ts';
import { presentRecord } from '../records/present.ts';
import { reply } from '../service-handler.ts';

/** Lists the projects of the caller. Any of them can be found by the name of the region. */
export const listProjects = recordHandler((request) => {
  const { call, requester } = request;
  const { index } = request.context.cloud.identity;
  const isRegion = call.query.get('name') === request.records.fixtures.regions.huawei;
  const found = index.effective
    .projects(requester.userId)
    .filter((project) =>
      matchesProject(project, call.query, isRegion ? ['domain_id', 'parent_id'] : ['name', 'domain_id', 'parent_id']),
    );
  return reply(200, {
    projects: found.map((project) => presentRecord(projects, project, request)),
    links: collectionLinks(call, '/v3/projects'),
  });
});
