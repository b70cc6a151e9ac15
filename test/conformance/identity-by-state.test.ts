import { identity } from './by-state/identity.ts';
import { testByState } from './by-state.ts';

testByState('identity', identity, 'test/conformance/by-state/identity.ts');
