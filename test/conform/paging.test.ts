import { proveProfile } from './prove.ts';

proveProfile('paging');
