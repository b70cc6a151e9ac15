import { testBothWays } from './both-ways.ts';
import { rackspaceServers } from './by-state/rackspace-servers.ts';

testBothWays('rackspace-servers', rackspaceServers);
