import { computeV21 } from './by-state/compute-v2.1.ts';
import { testByState } from './by-state.ts';

testByState('compute-v2.1', computeV21, 'test/conformance/by-state/compute-v2.1.ts');
