import { BOTH_WAYS } from './both-ways/tables.ts';
import { testBothWays } from './both-ways.ts';

testBothWays('image-v2', BOTH_WAYS['image-v2']);
