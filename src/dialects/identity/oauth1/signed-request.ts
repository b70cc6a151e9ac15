/** Requests of OAuth 1.0: their parameters and signature. */
import { percentDecode } from '../../../base/percent-encoding.ts';
import type { Call } from '../../../contract/contract.ts';
import type { Parameter, SignatureMethod, SigningSecrets } from '../../../identity/oauth1-signature.ts';
import { signOauth1 } from '../../../identity/oauth1-signature.ts';
import { isSameSecret } from '../../../identity/secrets.ts';
import { unexpected } from '../request-error.ts';
import { type HeaderParameters, parseHeader } from './header.ts';

/** Where parameters come from, as messages name it. */
type Source = 'AUTH_HEADER' | 'BODY' | 'QUERY';

/** A signed request. */
export interface SignedRequest {
  /** The parameters of the header, encoded as sent. */
  readonly header: HeaderParameters;
  /** All parameters, decoded. */
  readonly parameters: readonly Parameter[];
  /** The sources that have parameters of the protocol. */
  readonly sources: readonly Source[];
  /** The parameters of the protocol, decoded. */
  readonly protocol: ReadonlyMap<string, string>;
  readonly url: string;
}

const isProtocol = ([name]: Parameter): boolean => name.startsWith('oauth_');

/** Names and values, those of the protocol decoded. */
const decoded = (parameters: Iterable<Parameter>): readonly Parameter[] =>
  [...parameters].map(([name, value]) => [name, isProtocol([name, value]) ? percentDecode(value) : value]);

const FORM = 'application/x-www-form-urlencoded';

/**
 * Parses a signed request.
 * @param options.signsQuery - whether the signature covers the query. Keystone takes the query for the body of a form as well,
 * so that each of its parameters counts twice there.
 * @throws RequestError 500 without a well-formed header.
 */
export function parseSigned(call: Call, { signsQuery }: { readonly signsQuery: boolean }): SignedRequest {
  const header = parseHeader(call);
  const query = signsQuery ? decoded(call.query) : [];
  const isForm = call.headers['content-type']?.includes(FORM) === true;
  const bySource: readonly (readonly [Source, readonly Parameter[]])[] = [
    ['AUTH_HEADER', decoded(header)],
    ['BODY', isForm ? firstOfEach(query) : []],
    ['QUERY', query],
  ];
  const parameters = bySource.flatMap(([, list]) => list);
  return {
    header,
    parameters,
    sources: bySource.filter(([, list]) => list.some(isProtocol)).map(([source]) => source),
    protocol: new Map(parameters.filter(isProtocol)),
    url: call.base + call.path.replace(/\/+$/, ''),
  };
}

const firstOfEach = (parameters: readonly Parameter[]): readonly Parameter[] =>
  parameters.filter(([name], index) => parameters.findIndex(([other]) => other === name) === index);

/** The realm that a request names; empty for none. */
export const realmOf = ({ parameters }: SignedRequest): string =>
  parameters.findLast(([name]) => name === 'realm')?.[1] ?? '';

/** Returns whether a request has the signature of its secrets. @throws RequestError 500 for the methods of RSA. */
export function isSigned({ header, parameters, protocol, url }: SignedRequest, secrets: SigningSecrets): boolean {
  const excluded = header.has('realm') ? ['oauth_signature', 'realm'] : ['oauth_signature'];
  const signed = parameters.filter(([name]) => !excluded.includes(name));
  const method = protocol.get('oauth_signature_method') as SignatureMethod;
  const expected = signOauth1(method, { httpMethod: 'POST', url, parameters: signed }, secrets);
  return isSameSecret(expected ?? unexpected(), protocol.get('oauth_signature') ?? '');
}
