import { rackspaceImages } from './by-state/rackspace-images.ts';
import { testByState } from './by-state.ts';

testByState('rackspace-images', rackspaceImages);
