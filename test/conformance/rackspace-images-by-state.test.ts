import { rackspaceImages } from './by-state/rackspace-images.ts';
import { testByState } from './by-state.ts';

testByState('rackspace-images', rackspaceImages, 'test/conformance/by-state/rackspace-images.ts');
