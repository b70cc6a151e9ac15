import { proveProfile } from './prove.ts';

proveProfile('states');
