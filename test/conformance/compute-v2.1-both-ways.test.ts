import { testBothWays } from './both-ways.ts';
import { computeAnnexes } from './by-state/compute-annexes.ts';
import { computeV21 } from './by-state/compute-v2.1.ts';
import { joinTables } from './by-state.ts';

testBothWays('compute-v2.1', joinTables(computeV21, computeAnnexes));
