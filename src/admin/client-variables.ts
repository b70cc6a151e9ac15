import type { ClientSettings } from './client-settings.ts';

/** Returns the environment variables of clients: `OS_*`, `RS_*`, `HW_*`, and those that name the authority to trust. */
export const clientVariables = (settings: ClientSettings): Readonly<Record<string, string>> => ({
  ...settings.openstack,
  ...trustVariables(settings),
  ...rackspaceVariables(settings.rackspace),
  ...huaweiVariables(settings.huawei),
});

/** Where clients other than those of OpenStack look for authorities: Python's requests, curl and Go, and Node. */
const trustVariables = ({ openstack: { OS_CACERT: file } }: ClientSettings): Readonly<Record<string, string>> =>
  file === undefined ? {} : { REQUESTS_CA_BUNDLE: file, SSL_CERT_FILE: file, NODE_EXTRA_CA_CERTS: file };

const rackspaceVariables = (settings: ClientSettings['rackspace']): Readonly<Record<string, string>> =>
  settings === null
    ? {}
    : {
        RS_USERNAME: settings.username,
        RS_API_KEY: settings.apiKey,
        RS_REGION_NAME: settings.region,
        RS_AUTH_URL: settings.authUrl,
        RS_TENANT_ID: settings.tenantId,
      };

const huaweiVariables = (settings: ClientSettings['huawei']): Readonly<Record<string, string>> =>
  settings === null
    ? {}
    : {
        HW_ACCESS_KEY: settings.accessKey,
        HW_SECRET_KEY: settings.secretKey,
        HW_REGION_NAME: settings.region,
        HW_PROJECT_ID: settings.projectId,
        HW_PROJECT_NAME: settings.projectName,
        HW_AUTH_URL: `${settings.iamEndpoint}/v3`,
        HW_IMS_ENDPOINT: settings.imsEndpoint,
      };
