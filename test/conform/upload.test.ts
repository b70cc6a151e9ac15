import { proveProfile } from './prove.ts';

proveProfile('upload');
