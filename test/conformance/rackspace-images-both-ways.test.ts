import { testBothWays } from './both-ways.ts';
import { rackspaceImages } from './by-state/rackspace-images.ts';

testBothWays('rackspace-images', rackspaceImages);
