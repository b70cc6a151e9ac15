import { BOTH_WAYS } from './both-ways/tables.ts';
import { testBothWays } from './both-ways.ts';

testBothWays('identity', BOTH_WAYS.identity);
