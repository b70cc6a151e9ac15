import { proveProfile } from './prove.ts';

proveProfile('sharing');
