import type { FaultRequest, ProblemsByName } from '../../dialect.ts';
import type { NaturalProblemsOf } from '../../natural-problems.ts';
import { wrongRequest } from '../../shared/body-reasons.ts';
import { param } from '../../shared/request-values.ts';
import { badLimit, inVersion, memberText, PARAMETER_UNKNOWN, policyDenied } from '../protocol/reasons.ts';
import type { keypairOperations } from './contract.ts';
import { keypairExists, keypairNotFound, tooManyKeypairs } from './errors.ts';

/** The user whose key pairs a request is about. */
const userOf = ({ call, context: { caller } }: FaultRequest): string => call.query.get('user_id') || caller.userId;

const KEYPAIR_NOT_FOUND: ProblemsByName = {
  'keypair-not-found': (request) => keypairNotFound(param(request, 'keypair_name'), userOf(request)),
};

/** Reasons for the errors of key pairs. */
export const keypairProblems: NaturalProblemsOf<typeof keypairOperations> = {
  listKeypairs: {
    400: {
      ...badLimit(35),
      'marker-not-found': inVersion(35, { search: 'marker=none' }),
      ...PARAMETER_UNKNOWN,
    },
    403: policyDenied('os-keypairs:index'),
  },
  createKeypair: {
    400: {
      'name-invalid': wrongRequest({ body: { keypair: { name: 'a/b' } } }),
      'key-invalid': wrongRequest({ body: { keypair: { name: 'key', public_key: 'none' } } }),
    },
    403: { 'too-many-keypairs': tooManyKeypairs, ...policyDenied('os-keypairs:create') },
    409: { 'keypair-exists': (request) => keypairExists(memberText(request, 'keypair', 'name')) },
  },
  showKeypair: { 400: PARAMETER_UNKNOWN, 403: policyDenied('os-keypairs:show'), 404: KEYPAIR_NOT_FOUND },
  deleteKeypair: { 400: PARAMETER_UNKNOWN, 403: policyDenied('os-keypairs:delete'), 404: KEYPAIR_NOT_FOUND },
};
