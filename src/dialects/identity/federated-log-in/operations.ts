/** Logins through identity providers and assertions for service providers, as Keystone serves them without configuration for either. */
import type { Reply } from '../../../contract/contract.ts';
import { notAuthenticated } from '../../../identity/problem.ts';
import type { Context } from '../../dialect.ts';
import { parseBody } from '../body.ts';
import { logInWith } from '../log-in/log-in.ts';
import { recordHandler } from '../records/handlers.ts';
import type { RecordRequest } from '../records/record-request.ts';
import { type OperationShape, specialOperations } from '../records/special-operations.ts';
import { badRequest, unexpected } from '../request-error.ts';
import { TOKEN_REPLY } from '../response-schemas.ts';
import type { ServiceHandler } from '../service-handler.ts';
import { presentToken } from '../tokens/present.ts';
import { createAssertion } from './assertion.ts';

const read = (errors: readonly number[]): OperationShape => ({ method: 'get', success: 200, errors, auth: 'none' });
const write = (errors: readonly number[]): OperationShape => ({ ...read(errors), method: 'post' });

const LOG_IN = [400, 401, 403, 404];
const PROVIDER = '/v3/OS-FEDERATION/identity_providers/{idp_id}/protocols/{protocol_id}/auth';
const WEB_PROVIDER = '/v3/auth/OS-FEDERATION/identity_providers/{idp_id}/protocols/{protocol_id}/websso';
const WEB = '/v3/auth/OS-FEDERATION/websso/{protocol_id}';

/** Operations of logins through identity providers and of assertions. */
export const federatedLogInOperations = specialOperations('OS-FEDERATION', {
  getSamlMetadata: [read([500]), '/v3/OS-FEDERATION/saml2/metadata', 'Show the metadata of the identity provider.'],
  getFederatedAuth: [
    { ...read(LOG_IN), success: 201 },
    PROVIDER,
    'Issue a token through an identity provider.',
    TOKEN_REPLY,
  ],
  postFederatedAuth: [
    { ...write(LOG_IN), success: 201 },
    PROVIDER,
    'Issue a token through an identity provider.',
    TOKEN_REPLY,
  ],
  getWebSso: [read([401]), WEB, 'Sign on in a browser.'],
  postWebSso: [write([401]), WEB, 'Sign on in a browser.'],
  getProviderWebSso: [read([400, 401]), WEB_PROVIDER, 'Sign on in a browser through an identity provider.'],
  postProviderWebSso: [write([400, 401]), WEB_PROVIDER, 'Sign on in a browser through an identity provider.'],
  createSamlAssertion: [write(LOG_IN), '/v3/auth/OS-FEDERATION/saml2', 'Create an assertion for a service provider.'],
  createEcpAssertion: [
    write(LOG_IN),
    '/v3/auth/OS-FEDERATION/saml2/ecp',
    'Create an assertion for a service provider, wrapped for an enhanced client.',
  ],
});

/** The protocol is the method of the login. */
const authenticate: ServiceHandler = (call, { cloud }: Context, service) => {
  const { idp_id: provider = '', protocol_id: protocol = '' } = call.params;
  const auth = {
    methods: [protocol],
    user: undefined,
    token: undefined,
    dataOf: () => ({ identity_provider: provider, protocol }),
    scope: undefined,
  };
  return presentToken({ status: 201, token: logInWith(auth, { call, cloud, service }), call, cloud, service });
};

/** Nothing in front of the service says who the user is. */
function signOnThroughProvider({ call }: RecordRequest): Reply {
  return call.query.has('origin') ? notAuthenticated() : badRequest('Request must have an origin query parameter');
}

/** Checks the body of a request that needs no token: like every other it has to be JSON. */
const withBody =
  (handle: ServiceHandler): ServiceHandler =>
  (call, context, service) => {
    parseBody(call);
    return handle(call, context, service);
  };

/** Handlers of `federatedLogInOperations`. */
export const federatedLogInHandlers = {
  getSamlMetadata: withBody(recordHandler(unexpected)),
  getFederatedAuth: withBody(authenticate),
  postFederatedAuth: withBody(authenticate),
  getWebSso: withBody(recordHandler(notAuthenticated)),
  postWebSso: withBody(recordHandler(notAuthenticated)),
  getProviderWebSso: withBody(recordHandler(signOnThroughProvider)),
  postProviderWebSso: withBody(recordHandler(signOnThroughProvider)),
  createSamlAssertion: withBody(recordHandler(createAssertion)),
  createEcpAssertion: withBody(recordHandler(createAssertion)),
};
