import { testBothWays } from './both-ways.ts';
import { imsJobs } from './by-state/ims-jobs.ts';
import { imsNative } from './by-state/ims-native.ts';
import { joinTables } from './by-state.ts';

testBothWays('ims', joinTables(imsNative, imsJobs));
