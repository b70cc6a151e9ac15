/** Reads what a service passes on of a signed request, and checks whether its signature is right. */
import { isObject, type Json } from '../../../base/json.ts';
import { type Ec2Request, signEc2, signS3 } from '../../../identity/ec2-signature.ts';
import { isSameSecret } from '../../../identity/secrets.ts';
import { unexpected } from '../request-error.ts';

const textOf = (value: unknown): string => (typeof value === 'string' ? value : unexpected());

const textsOf = (value: unknown): Readonly<Record<string, string>> =>
  isObject(value) ? Object.fromEntries(Object.entries(value).map(([name, text]) => [name, String(text)])) : {};

const ec2RequestOf = ({ verb, host, path, params, headers, body_hash: bodyHash }: Json): Ec2Request => ({
  verb: textOf(verb),
  host: textOf(host),
  path: textOf(path),
  params: isObject(params) ? textsOf(params) : unexpected(),
  headers: textsOf(headers),
  bodyHash: typeof bodyHash === 'string' ? bodyHash : undefined,
});

/**
 * Returns whether a request of EC2 has the signature of a secret. Some clients sign the host without its port.
 * @throws RequestError 500 for an incomplete request.
 */
export function isSignedEc2(signed: Json, secret: string): boolean {
  const { signature } = signed;
  const request = ec2RequestOf(signed);
  const expected = signEc2(request, secret) ?? unexpected();
  if (typeof signature !== 'string' || signature === '') return false;
  const withoutPort = { ...request, host: request.host.split(':')[0] ?? '' };
  return isSameSecret(expected, signature) || isSameSecret(signEc2(withoutPort, secret) ?? expected, signature);
}

const BASE64URL = /^[\w+/-]*={0,2}$/;

/**
 * Returns whether the text that a client of S3 signed, which is the `token` in Base64, has the signature of a secret.
 * @throws RequestError 500 without a token or signature.
 */
export function isSignedS3({ token, signature }: Json, secret: string): boolean {
  const encoded = textOf(token);
  if (!BASE64URL.test(encoded) || encoded.length % 4 !== 0) unexpected();
  const expected = signS3(Buffer.from(encoded, 'base64url'), secret);
  return expected !== undefined && isSameSecret(expected, textOf(signature));
}
