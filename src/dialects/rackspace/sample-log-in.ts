import type { Handler, Reply } from '../../contract/contract.ts';
import type { Context, FaultRequest } from '../dialect.ts';
import { callWith } from '../shared/request-values.ts';
import { sampleUser } from '../shared/sample-user.ts';

/** The reply to a login that succeeds, in the place of one that is rejected. The cloud of its context is a copy. */
export function sampleLogIn(authenticate: Handler<Context>, request: FaultRequest): Reply {
  const { call, context, status } = request;
  const user = sampleUser(context.cloud);
  const auth = { passwordCredentials: { username: user?.name, password: user?.password } };
  const headers = { ...call.headers, 'content-type': 'application/json' };
  const reply = authenticate(callWith(call, { headers, body: Buffer.from(JSON.stringify({ auth })) }), context);
  if (reply instanceof Promise) throw new Error('The login is asynchronous.');
  return { ...reply, status };
}
