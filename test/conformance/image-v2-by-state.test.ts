import { imageV2 } from './by-state/image-v2.ts';
import { testByState } from './by-state.ts';

testByState('image-v2', imageV2, 'test/conformance/by-state/image-v2.ts');
