import { imsJobs } from './by-state/ims-jobs.ts';
import { imsNative } from './by-state/ims-native.ts';
import { joinTables } from './by-state/table.ts';
import { testByState } from './by-state.ts';

testByState('ims', joinTables(imsNative, imsJobs), 'test/conformance/by-state/ims-native.ts (ims-jobs.ts for jobs)');
