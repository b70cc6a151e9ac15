import type { Contract, Reply } from '../../contract/contract.ts';
import type { FaultRequest } from '../dialect.ts';

/** Builds the reply of an injected success: the operation's usual shape, filled from the request and the stored images. */
export type SampleReply = (request: FaultRequest) => Reply;

/** A sample reply for every operation of a contract; a contract with a further operation does not compile without it. */
export type SampleReplies<C extends Contract> = { readonly [Id in keyof C['operations']]: SampleReply };

/** Builds the reply of an injected success with the entry of the requested operation. */
export function sampleReply(replies: Readonly<Record<string, SampleReply>>, request: FaultRequest): Reply {
  const sample = replies[request.operationId];
  if (sample === undefined) throw new Error(`${request.operationId} has no sample reply`);
  return sample(request);
}

const JSON_TYPE = { 'Content-Type': 'application/json' } as const;

/** A sample reply of JSON text, under the injected status. */
export const textSample =
  (text: (request: FaultRequest) => string): SampleReply =>
  (request) => ({ status: request.status, headers: JSON_TYPE, body: text(request) });

/** A sample reply of a JSON value, under the injected status. */
export const jsonSample = (value: (request: FaultRequest) => unknown): SampleReply =>
  textSample((request) => JSON.stringify(value(request)));
