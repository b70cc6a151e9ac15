import { isObject } from '../../../base/json.ts';
import type { Call, Reply } from '../../../contract/contract.ts';
import { jsonReply } from '../../../contract/contract.ts';
import { checkOf } from '../../../contract/schema.ts';
import { type CertificateRequest, generateCertificate } from '../../../domain/servers/certificate.ts';
import type { Keypair } from '../../../domain/servers/keypairs.ts';
import { certificateFingerprint, sshFingerprint } from '../../../domain/servers/public-key.ts';
import type { Quotas } from '../../../domain/servers/quotas.ts';
import { generateRsaKey, type RsaKey } from '../../../domain/servers/rsa-key.ts';
import type { Context } from '../../dialect.ts';
import { fault } from '../protocol/errors.ts';
import { typeHeader } from '../protocol/media-types.ts';
import { minorOf } from '../protocol/microversion.ts';
import { isLegacy } from '../protocol/paths.ts';
import { deniedBy } from '../protocol/policies.ts';
import { keypairExists, tooManyKeypairs } from './errors.ts';
import { presentCreated } from './present.ts';
import { KEYPAIR_NAME } from './schemas.ts';

/** The body of a request, which its schema has checked. */
interface NewKeypair {
  readonly name: string;
  readonly public_key?: string;
  readonly type?: Keypair['type'];
  readonly user_id?: string;
}

/** The first microversions that return 201, and that allow dots and at signs in names. */
const FIRST_WITH_CREATED = 2;
const FIRST_WITH_SPECIAL_NAMES = 92;

const LETTERS = ' 0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

const INVALID_CERTIFICATE =
  'Keypair data is invalid: failed to generate X509 fingerprint. Error message: Unable to load PEM file. See ' +
  'https://cryptography.io/en/latest/faq/#why-can-t-i-import-my-pem-file for more details. MalformedFraming';

/** Creates a key pair. Nova's order of errors: policy, quota, key, 409. */
export function createKeypair(call: Call, { cloud, caller }: Context): Reply {
  const {
    name,
    public_key: given,
    type = 'ssh',
    user_id: userId = caller.userId,
  } = (call.json as { readonly keypair: NewKeypair }).keypair;
  const { keypairs, quotas, clock, ids } = cloud;
  const minor = minorOf(call);
  if (userId !== caller.userId && !caller.isAdmin) return fault(403, deniedBy('os-keypairs:create'));
  const limits = quotas.of({ kind: 'project', projectId: caller.projectId, userId });
  const refused = checkQuota(keypairs.list(userId).length, limits);
  if (refused !== undefined) return refused;
  const isTaken = keypairs.find(userId, name) !== undefined;
  const request = { userId, seed: ids.next('keypair', userId, name), now: clock.now() };
  const generated = given === undefined && !isTaken ? generate(type, request) : undefined;
  const publicKey = given ?? generated?.publicKey ?? '';
  const fingerprint = type === 'ssh' ? sshFingerprint(publicKey) : certificateFingerprint(publicKey);
  if (fingerprint === undefined && !(isTaken && given === undefined)) return fault(400, invalidKey(type));
  if (isTaken || fingerprint === undefined) return keypairExists(name);
  const keypair = keypairs.add({ userId, name, type, publicKey, fingerprint, createdAt: clock.now() });
  const status = minor < FIRST_WITH_CREATED ? 200 : 201;
  return jsonReply(status, presentCreated(keypair, generated?.privateKey, minor), typeHeader(call));
}

/** Generates a key. @param request - its user, and the seed, which gives the same key again. */
function generate(type: Keypair['type'], request: CertificateRequest): RsaKey {
  if (type === 'ssh') {
    const { privateKey, publicKey } = generateRsaKey(request.seed);
    return { privateKey, publicKey: `${publicKey} Generated-by-Nova` };
  }
  const { privateKey, certificate } = generateCertificate(request);
  return { privateKey, publicKey: certificate };
}

const invalidKey = (type: Keypair['type']): string =>
  type === 'ssh' ? 'Keypair data is invalid: failed to generate fingerprint' : INVALID_CERTIFICATE;

const checkQuota = (count: number, { key_pairs: limit }: Quotas): Reply | undefined =>
  limit < 0 || count < limit ? undefined : tooManyKeypairs();

/**
 * Checks the characters of a name, which Nova does before all else that is in the body. Below `/v2` all characters are valid.
 * @returns a 400; `undefined` also for what is no name at all.
 */
export function checkName(call: Call): Reply | undefined {
  const keypair: unknown = isObject(call.json) ? call.json['keypair'] : undefined;
  const name = isObject(keypair) ? keypair['name'] : undefined;
  if (typeof name !== 'string' || isLegacy(call) || checkOf(KEYPAIR_NAME)(name).length > 0) return undefined;
  const hasSpecial = minorOf(call) >= FIRST_WITH_SPECIAL_NAMES;
  if ((hasSpecial ? /^[\w@. -]*$/ : /^[\w -]*$/).test(name)) return undefined;
  const expected = `${hasSpecial ? '@._-' : '_-'}${LETTERS}`;
  return fault(400, `An invalid 'name' value was provided. The name must be: Only expected characters: [${expected}]`);
}
