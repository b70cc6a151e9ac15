import type { Reply } from '../contract/contract.ts';

/** A reply, or a promise of one. */
export type ReplyOrPromise = Reply | Promise<Reply>;

/** Applies a step to a reply, synchronously if the reply is available. */
export const andThen = (reply: ReplyOrPromise, step: (reply: Reply) => ReplyOrPromise): ReplyOrPromise =>
  isPending(reply) ? reply.then(step) : step(reply);

/** Whether the reply is a promise. Checked by its `then`, because promises of another realm have another class. */
export const isPending = (reply: ReplyOrPromise): reply is Promise<Reply> => 'then' in reply;
