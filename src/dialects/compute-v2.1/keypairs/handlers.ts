import {
  type Call,
  type Contract,
  type Handler,
  type Handlers,
  jsonReply,
  type Reply,
} from '../../../contract/contract.ts';
import type { Keypair } from '../../../domain/servers/keypairs.ts';
import type { Context } from '../../dialect.ts';
import { MAX_PAGE, nextAddress } from '../../nova/list-parameters.ts';
import { addressesOf } from '../protocol/addresses.ts';
import { versionedBody } from '../protocol/check-body.ts';
import { fault } from '../protocol/errors.ts';
import { noContent, typeHeader } from '../protocol/media-types.ts';
import { minorOf } from '../protocol/microversion.ts';
import { deniedBy } from '../protocol/policies.ts';
import { withPreconditions } from '../protocol/preconditions.ts';
import { checkLimit, checkNames } from '../protocol/query-checks.ts';
import { keypairOperations } from './contract.ts';
import { checkName, createKeypair } from './create.ts';
import { keypairNotFound } from './errors.ts';
import { presentKeypair, presentKeypairs } from './present.ts';
import { keypairSchema } from './schemas.ts';

interface KeypairsContract extends Contract {
  readonly operations: typeof keypairOperations;
}

const { listKeypairs, createKeypair: create, showKeypair, deleteKeypair } = keypairOperations;

/** The first microversions with users, with pages, and that reject unknown parameters. */
const FIRST_WITH_USERS = 10;
const FIRST_WITH_PAGES = 35;
const FIRST_STRICT = 75;

/** The first microversion that deletes with 204. */
const FIRST_WITH_NO_CONTENT = 2;

const PAGES = ['limit', 'marker'];

/** The user whose key pairs a request is about, or its 400 or 403. */
function userOf(call: Call, { caller }: Context, rule: 'index' | 'show' | 'delete'): string | Reply {
  const minor = minorOf(call);
  const isList = rule === 'index';
  const error =
    (minor >= FIRST_STRICT ? checkNames(call.query, isList ? ['user_id', ...PAGES] : ['user_id']) : undefined) ??
    (isList && minor >= FIRST_WITH_PAGES ? checkLimit(call) : undefined);
  if (error !== undefined) return fault(400, error);
  const requested = minor >= FIRST_WITH_USERS ? call.query.get('user_id') : null;
  const userId = requested === null || requested === '' ? caller.userId : requested;
  return userId === caller.userId || caller.isAdmin ? userId : fault(403, deniedBy(`os-keypairs:${rule}`));
}

function list(call: Call, context: Context): Reply {
  const userId = userOf(call, context, 'index');
  if (typeof userId !== 'string') return userId;
  const minor = minorOf(call);
  const all = context.cloud.keypairs.list(userId);
  if (minor < FIRST_WITH_PAGES) return jsonReply(200, presentKeypairs(all, undefined, minor), typeHeader(call));
  const marker = call.query.getAll('marker').at(-1);
  const start = marker === undefined ? 0 : all.findIndex(({ name }) => name === marker) + 1;
  if (marker !== undefined && start === 0) return fault(400, `Marker ${marker} could not be found.`);
  const limit = Math.min(Number(call.query.getAll('limit').at(-1) ?? MAX_PAGE), MAX_PAGE);
  const page = all.slice(start, start + limit);
  const last = page.at(-1);
  const isFull = last !== undefined && page.length === limit;
  const next = isFull ? nextAddress(`${addressesOf(call).self}/os-keypairs`, call.query, last.name) : undefined;
  return jsonReply(200, presentKeypairs(page, next, minor), typeHeader(call));
}

/** A handler of one key pair. */
const withKeypair = (
  operation: typeof showKeypair | typeof deleteKeypair,
  rule: 'show' | 'delete',
  handle: (keypair: Keypair, call: Call, context: Context) => Reply,
): Handler<Context, 'keypair_name'> =>
  withPreconditions(operation, (call, context) => {
    const userId = userOf(call, context, rule);
    if (typeof userId !== 'string') return userId;
    const { keypair_name: name } = call.params;
    const keypair = context.cloud.keypairs.find(userId, name);
    return keypair === undefined ? keypairNotFound(name, userId) : handle(keypair, call, context);
  });

const checkBody = versionedBody(create, keypairSchema);

/** Handlers of key pairs. */
export const keypairHandlers: Handlers<KeypairsContract, Context> = {
  listKeypairs: withPreconditions(listKeypairs, list),
  createKeypair: withPreconditions(
    create,
    (call, context) => checkName(call) ?? checkBody(call) ?? createKeypair(call, context),
  ),
  showKeypair: withKeypair(showKeypair, 'show', (keypair, call) =>
    jsonReply(200, presentKeypair(keypair, minorOf(call)), typeHeader(call)),
  ),
  deleteKeypair: withKeypair(deleteKeypair, 'delete', (keypair, call, { cloud }) => {
    cloud.keypairs.remove(keypair);
    return { ...noContent(call), status: minorOf(call) < FIRST_WITH_NO_CONTENT ? 202 : 204 };
  }),
};
