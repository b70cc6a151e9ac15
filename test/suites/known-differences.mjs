/** Tests with another result than with the real services, and why. Each must differ, and no other test may. */
export const KNOWN_DIFFERENCES = [
  {
    suite: 'gophercloud-identity',
    test: 'identity/v3.TestTokensGet',
    reason:
      'It logs in to a domain by the name "default". Keystone on MariaDB ignores the case of names; Sideglance, as Keystone on SQLite, does not.',
  },
];
