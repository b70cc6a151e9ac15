import { rackspaceServers } from './by-state/rackspace-servers.ts';
import { testByState } from './by-state.ts';

testByState('rackspace-servers', rackspaceServers, 'test/conformance/by-state/rackspace-servers.ts');
