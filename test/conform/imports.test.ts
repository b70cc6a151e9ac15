import { proveProfile } from './prove.ts';

proveProfile('imports');
