import { accountOf } from './account.ts';
import { FLAVOR_IDS } from './flavors.ts';
import type { SuiteRequest, SuiteSettings } from './suite.ts';

/** Returns the variables of gophercloud's acceptance tests. Tests for administrators run when the user is admin. */
export function gophercloudSettings(request: SuiteRequest): SuiteSettings {
  const { name, password, domainName, project } = accountOf(request, request.user);
  const images = request.cloud.images.filter((image) => image.name?.startsWith('cirros') === true);
  const image = images.find((each) => each.name?.endsWith('-disk') === true) ?? images[0];
  return {
    variables: {
      OS_AUTH_URL: `${request.root}/identity/v3`,
      OS_USERNAME: name,
      OS_PASSWORD: password,
      OS_PROJECT_NAME: project.name,
      OS_TENANT_NAME: project.name,
      // It reads one domain for the user and the project.
      OS_DOMAIN_NAME: domainName,
      OS_REGION_NAME: request.cloud.directory.regions.openstack,
      OS_IDENTITY_API_VERSION: '3',
      ...(image !== undefined && { OS_IMAGE_ID: image.id }),
      OS_FLAVOR_ID: FLAVOR_IDS[0],
      OS_FLAVOR_ID_RESIZE: FLAVOR_IDS[1],
      // Networks that DevStack has. The tests of images and flavors read these names too, and use none of them.
      OS_NETWORK_NAME: 'private',
      OS_POOL_NAME: 'public',
      OS_EXTGW_ID: '00000000-0000-0000-0000-000000000000',
    },
    files: {},
  };
}
