/** Documented statuses that take another choice of a profile than the default one, by choice and operation. */
export const BY_PROFILE = {
  'version-calls: guarded': {
    listVersions: [400, 401, 403],
    showVersion: [400, 401, 403],
  },
  'huawei-calls: absent': {
    listOsVersions: [404],
  },
  'v1-calls: absent': {
    listImagesDetailV11: [404],
  },
} as const;
