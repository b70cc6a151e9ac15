import { proveProfile } from './prove.ts';

proveProfile('auth');
