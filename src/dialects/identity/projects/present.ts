import type { Call } from '../../../contract/contract.ts';
import type { Project } from '../../../identity/directory/directory.ts';

/** A project of version 3. */
export const presentProject = (project: Project, call: Call): object => ({
  id: project.id,
  name: project.name,
  domain_id: project.domainId,
  description: project.description,
  enabled: project.isEnabled,
  parent_id: project.domainId,
  is_domain: false,
  tags: [],
  options: {},
  links: { self: `${call.base}/v3/projects/${project.id}` },
});
