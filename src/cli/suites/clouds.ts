import { accountOf } from './account.ts';
import type { SuiteRequest, SuiteSettings } from './suite.ts';
import { yamlOf } from './yaml.ts';

/** The clouds that DevStack writes into `clouds.yaml`, with the user of each. */
const CLOUDS = { devstack: 'demo', 'devstack-admin': 'admin', 'devstack-alt': 'alt_demo' } as const;

/** Returns `clouds.yaml` with the clouds of DevStack, and the variable that names the file. */
export function devstackClouds(request: SuiteRequest): SuiteSettings {
  const clouds = Object.entries(CLOUDS).map(([cloud, user]) => [cloud, cloudOf(request, user, true)]);
  clouds.push(['devstack-system-admin', cloudOf(request, CLOUDS['devstack-admin'], false)]);
  return {
    variables: { OS_CLIENT_CONFIG_FILE: `${request.folder}/clouds.yaml` },
    files: { 'clouds.yaml': yamlOf({ clouds: Object.fromEntries(clouds) }) },
  };
}

/** Returns the settings of one cloud, in the project of the user or in the whole system. */
function cloudOf(request: SuiteRequest, user: string, isInProject: boolean): object {
  const { name, password, domainId, project } = accountOf(request, user);
  const scope = isInProject
    ? { project_name: project.name, project_domain_id: project.domainId }
    : { system_scope: 'all' };
  return {
    auth: { auth_url: `${request.root}/identity/v3`, username: name, password, user_domain_id: domainId, ...scope },
    region_name: request.cloud.directory.regions.openstack,
    identity_api_version: '3',
    image_api_version: '2',
    compute_api_version: '2.1',
  };
}
