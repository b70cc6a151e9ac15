import type { Contract } from '../../contract/contract.ts';
import { accessRuleOperations } from './access-rules/operations.ts';
import { applicationCredentialOperations } from './application-credentials/contract.ts';
import { BY_PROFILE } from './by-profile.ts';
import { catalogOperations } from './catalog/contract.ts';
import { domainConfigOperations } from './domains/operations.ts';
import { ec2Operations } from './ec2/operations.ts';
import { endpointFilterOperations } from './endpoint-filter/operations.ts';
import { endpointPolicyOperations } from './endpoint-policy/operations.ts';
import { federatedLogInOperations } from './federated-log-in/operations.ts';
import { grantOperations } from './grants/operations.ts';
import { memberOperations } from './groups/operations.ts';
import { iamOperations } from './iam/contract.ts';
import { limitOperations } from './limits/operations.ts';
import { logInOperations } from './log-in/contract.ts';
import { oauth1Operations } from './oauth1/operations.ts';
import { PROFILES } from './profiles.ts';
import { projectOperations } from './projects/contract.ts';
import { tagOperations } from './projects/operations.ts';
import { rackspaceOperations } from './rackspace/contract.ts';
import { regionOperations } from './regions/operations.ts';
import { RELEASE_CHANGES } from './release-changes.ts';
import { resourceOperations } from './resources.ts';
import { revocationOperations } from './revocations/operations.ts';
import { roleAssignmentOperations } from './role-assignments/operations.ts';
import { impliedRoleOperations } from './roles/operations.ts';
import { federationScopeOperations, scopeOperations } from './scopes/contract.ts';
import { signedTokenOperations } from './signed-tokens/operations.ts';
import { tokenOperations } from './tokens/contract.ts';
import { trustOperations } from './trusts/operations.ts';
import { userOperations } from './users/operations.ts';
import { v2Operations } from './v2/contract.ts';
import { versionOperations } from './versions/contract.ts';

/** The operations of Keystone v3 and v2.0, Rackspace Cloud Identity 2.0 and Huawei IAM. */
export const contract = {
  name: 'identity',
  title: 'Identity services (Keystone v3 and v2.0, Rackspace, Huawei IAM)',
  mount: '/identity',
  profiles: PROFILES,
  byProfile: BY_PROFILE,
  changes: RELEASE_CHANGES,
  operations: {
    ...versionOperations,
    ...logInOperations,
    ...tokenOperations,
    ...catalogOperations,
    ...scopeOperations,
    ...projectOperations,
    ...applicationCredentialOperations,
    ...v2Operations,
    ...rackspaceOperations,
    ...iamOperations,
    ...resourceOperations,
    ...domainConfigOperations,
    ...regionOperations,
    ...tagOperations,
    ...limitOperations,
    ...userOperations,
    ...endpointFilterOperations,
    ...endpointPolicyOperations,
    ...trustOperations,
    ...oauth1Operations,
    ...federatedLogInOperations,
    ...revocationOperations,
    ...federationScopeOperations,
    ...ec2Operations,
    ...signedTokenOperations,
    ...accessRuleOperations,
    ...memberOperations,
    ...impliedRoleOperations,
    ...grantOperations,
    ...roleAssignmentOperations,
  },
} as const satisfies Contract;
