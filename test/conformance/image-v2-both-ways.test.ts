import { testBothWays } from './both-ways.ts';
import { imageV2 } from './by-state/image-v2.ts';

testBothWays('image-v2', imageV2);
