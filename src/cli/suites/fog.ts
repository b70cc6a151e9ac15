import { accountOf } from './account.ts';
import type { SuiteRequest, SuiteSettings } from './suite.ts';

/** Returns the variables with which the specs of fog-openstack leave their recordings and ask a cloud. */
export function fogSettings(request: SuiteRequest): SuiteSettings {
  const { id, name, password, domainId, domainName, project } = accountOf(request, request.user);
  const { openstack: region } = request.cloud.directory.regions;
  return {
    variables: {
      FOG_MOCK: 'false',
      USE_VCR: 'false',
      OS_AUTH_URL: `${request.root}/identity/v3`,
      OS_USERNAME: name,
      OS_USER_ID: id,
      OS_PASSWORD: password,
      OS_USER_DOMAIN_NAME: domainName,
      OS_USER_DOMAIN_ID: domainId,
      OS_PROJECT_NAME: project.name,
      OS_REGION_NAME: region,
      OS_REGION_OTHER: region,
      OS_INTERFACE: 'public',
    },
    files: {},
  };
}
