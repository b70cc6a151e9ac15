/** Assertions for service providers of federation. */
import type { Reply } from '../../../contract/contract.ts';
import { IdentityError } from '../../../identity/problem.ts';
import { assertValid } from '../records/check-body.ts';
import { type RecordRequest, wrappedBody } from '../records/record-request.ts';
import { badRequest, notFound } from '../request-error.ts';
import { requirePermission } from '../service-handler.ts';

const reference = (name: string, properties: object) => ({
  type: 'object',
  properties,
  required: [name],
  additionalProperties: false,
});

const ID = reference('id', { id: { type: 'string' } });

const ASSERTION_REQUEST = {
  type: 'object',
  properties: {
    identity: reference('token', { methods: { type: 'array' }, token: ID }),
    scope: reference('service_provider', { service_provider: ID }),
  },
  required: ['identity', 'scope'],
  additionalProperties: false,
} as const;

/** A body that `ASSERTION_REQUEST` accepts. */
interface AssertionRequest {
  readonly identity: { readonly token: { readonly id: string } };
  readonly scope: { readonly service_provider: { readonly id: string } };
}

/** Checks a request for an assertion, which the service cannot sign: it is not configured to. @throws RequestError 400. */
export function createAssertion(request: RecordRequest): Reply {
  const auth = wrappedBody(request, 'auth', null);
  assertValid(auth, ASSERTION_REQUEST);
  const { identity, scope } = auth as AssertionRequest;
  const { id } = scope.service_provider;
  const provider = request.records.get('service-provider', id) ?? notFound(`Could not find Service Provider: ${id}.`);
  requirePermission(provider['enabled'] === true, null);
  const token = request.context.cloud.identity.subjectToken(identity.token.id);
  if (token.scope.kind !== 'project') {
    const action = 'Use a project scoped token when attempting to create a SAML assertion';
    throw new IdentityError({ kind: 'not-allowed', action });
  }
  return badRequest('can only concatenate str (not "bytes") to str');
}
