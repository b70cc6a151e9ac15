import { BOTH_WAYS } from './both-ways/tables.ts';
import { testBothWays } from './both-ways.ts';

testBothWays('compute-v2.1', BOTH_WAYS['compute-v2.1']);
