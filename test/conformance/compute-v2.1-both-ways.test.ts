import { testBothWays } from './both-ways.ts';
import { computeV21 } from './by-state/compute-v2.1.ts';

testBothWays('compute-v2.1', computeV21);
