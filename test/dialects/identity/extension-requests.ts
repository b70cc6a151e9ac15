/** Requests about the extensions of Keystone, by the names of the recorded statuses. */
import type { Method, PolicyRequest } from './policy-requests.ts';

type Requests = Readonly<Record<string, PolicyRequest>>;

const FILTER = '/v3/OS-EP-FILTER';

const filterOf = (letter: string, project: string): Requests => {
  const all = `${FILTER}/projects/{${project}}/endpoints`;
  const one = `${all}/{endpoint}`;
  return {
    [`ep-filter-list-${letter}`]: ['get', all],
    [`ep-filter-head-${letter}`]: ['head', one, undefined, ['put', one]],
    [`ep-filter-delete-${letter}`]: ['delete', one, undefined, ['put', one]],
  };
};

const associationOf = (kind: string, path: string): Requests => {
  const one = `/v3/policies/{policy}/OS-ENDPOINT-POLICY/${path}`;
  const before: readonly [Method, string] = ['put', one];
  return {
    [`ep-policy-put-${kind}`]: ['put', one],
    [`ep-policy-get-${kind}`]: ['get', one, undefined, before],
    [`ep-policy-delete-${kind}`]: ['delete', one, undefined, before],
  };
};

const GROUP_PROJECT = `${FILTER}/endpoint_groups/{endpointGroup}/projects/{alt}`;
const RULES = '/v3/users/{defaultUser}/access_rules';

/** Requests whose statuses do not depend on who sends them for what is theirs. */
export const EXTENSION_REQUESTS: Requests = {
  ...filterOf('D', 'demo'),
  ...filterOf('A', 'workshop'),
  'ep-filter-endpoint-projects': ['get', `${FILTER}/endpoints/{endpoint}/projects`],
  'eg-projects': ['get', `${FILTER}/endpoint_groups/{endpointGroup}/projects`],
  'eg-endpoints': ['get', `${FILTER}/endpoint_groups/{endpointGroup}/endpoints`],
  'eg-get-project': ['get', GROUP_PROJECT, undefined, ['put', GROUP_PROJECT]],
  'eg-of-project': ['get', `${FILTER}/projects/{alt}/endpoint_groups`],
  'eg-delete-project': ['delete', GROUP_PROJECT, undefined, ['put', GROUP_PROJECT]],
  ...associationOf('endpoint', 'endpoints/{endpoint}'),
  ...associationOf('service', 'services/{service}'),
  ...associationOf('region', 'services/{service}/regions/{region}'),
  'ep-policy-list': ['get', '/v3/policies/{policy}/OS-ENDPOINT-POLICY/endpoints'],
  'list-ec2-other': ['get', '/v3/users/{defaultUser}/credentials/OS-EC2'],
  'create-ec2-other': ['post', '/v3/users/{defaultUser}/credentials/OS-EC2', { tenant_id: '{alt}' }],
  'list-appcred-other': ['get', '/v3/users/{defaultUser}/application_credentials'],
  'get-appcred-unknown-other': ['get', '/v3/users/{defaultUser}/application_credentials/{unknown}'],
  'delete-appcred-unknown-other': ['delete', '/v3/users/{defaultUser}/application_credentials/{unknown}'],
  'list-rules-other': ['get', RULES],
  'get-rule-unknown-other': ['get', `${RULES}/{unknown}`],
  'delete-rule-unknown-other': ['delete', `${RULES}/{unknown}`],
  'list-trusts': ['get', '/v3/OS-TRUST/trusts'],
  'get-trust-unknown': ['get', '/v3/OS-TRUST/trusts/{unknown}'],
  'revoke-events': ['get', '/v3/OS-REVOKE/events'],
};
