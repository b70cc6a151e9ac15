import { proveProfile } from './prove.ts';

proveProfile('retry');
