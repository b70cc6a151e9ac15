import { proveProfile } from './prove.ts';

proveProfile('download');
