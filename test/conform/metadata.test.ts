import { proveProfile } from './prove.ts';

proveProfile('metadata');
