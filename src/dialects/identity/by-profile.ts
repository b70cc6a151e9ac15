/** Documented statuses that take another choice of a profile than the default one, by choice and operation. */
export const BY_PROFILE = {
  'checks: reference': {
    listVersions: [401, 403, 404, 413],
    authPasswordUnscoped: [403, 404],
    authPasswordScoped: [403, 404],
    authApplicationCredential: [403],
    getCatalog: [409, 413, 415],
    listAuthProjects: [403, 409, 413, 415],
    listAuthDomains: [403, 409, 413, 415],
    showVersionV2: [400, 401, 403, 404, 413],
    v2Authenticate: [403, 404, 413],
    v2ListTenants: [403, 413],
    raxShowToken: [400, 413],
    raxListTokenEndpoints: [406, 413],
    raxRevokeToken: [400, 403, 404, 413],
    iamAuthPassword: [403, 404],
    iamCatalog: [413],
    iamListAuthProjects: [403, 413],
    iamListProjects: [403],
    iamListVersions: [400, 404],
    iamShowVersion: [400, 404],
  },
} as const;
