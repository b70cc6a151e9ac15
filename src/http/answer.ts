import type { Reply } from '../contract/contract.ts';

/** A reply, or one that is still being made. */
export type Answer = Reply | Promise<Reply>;

/** Applies a step to an answer, at once where the answer is there at once. */
export const andThen = (answer: Answer, step: (reply: Reply) => Answer): Answer =>
  isPending(answer) ? answer.then(step) : step(answer);

/** By what it can do, not by its class: promises from another realm are promises too. */
export const isPending = (answer: Answer): answer is Promise<Reply> => 'then' in answer;
