import type { Directory } from '../../../src/identity/directory/directory.ts';

/** A directory with one domain and two projects; each is a new one, which shares no records with others. */
export const aDirectory = (): Directory => ({
  domains: [{ id: 'default', name: 'Default', description: 'The default domain', isEnabled: true }],
  projects: [
    { id: 'p1', name: 'one', domainId: 'default', isEnabled: true, description: '' },
    { id: 'p2', name: 'two', domainId: 'default', isEnabled: true, description: '' },
  ],
  users: [],
  roles: [],
  assignments: [],
  domainAssignments: [],
  systemAssignments: [],
  catalogs: { openstack: [], rackspace: [], huawei: [] },
  regions: { openstack: 'RegionOne', rackspace: 'DFW', huawei: 'eu-de' },
});
