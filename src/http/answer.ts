import type { Reply } from '../contract/contract.ts';

/** A reply, or a promise of one. */
export type Answer = Reply | Promise<Reply>;

/** Applies a step to a reply, synchronously if the reply is available. */
export const andThen = (answer: Answer, step: (reply: Reply) => Answer): Answer =>
  isPending(answer) ? answer.then(step) : step(answer);

/** Whether the reply is a promise. Checked by its `then`, because promises of another realm have another class. */
export const isPending = (answer: Answer): answer is Promise<Reply> => 'then' in answer;
