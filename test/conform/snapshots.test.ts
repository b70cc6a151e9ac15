import { proveProfile } from './prove.ts';

proveProfile('snapshots');
