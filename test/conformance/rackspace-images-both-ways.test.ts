import { BOTH_WAYS } from './both-ways/tables.ts';
import { testBothWays } from './both-ways.ts';

testBothWays('rackspace-images', BOTH_WAYS['rackspace-images']);
