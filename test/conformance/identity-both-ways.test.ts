import { testBothWays } from './both-ways.ts';
import { identity } from './by-state/identity.ts';

testBothWays('identity', identity);
