import type { Reply } from '../../../src/contract/contract.ts';
import { DIALECTS } from '../../../src/dialects/index.ts';
import type { Exchange, Stage } from '../../../src/http/operation-exchange.ts';
import { isPending } from '../../../src/http/reply-or-promise.ts';
import { noteViolations } from './noted.ts';
import { violationsOf } from './violations.ts';

/** Whether a reply is the dialect's own: not that of a rule, of a client that has gone or of an internal error. */
const isNatural = ({ decision, failure }: Exchange, reply: Reply): boolean =>
  decision === undefined && failure === undefined && reply.status !== 0 && reply.isForeign !== true;

/** Whether the operation is one of the doubled APIs, and not of a dialect that a test made up. */
const isDoubled = ({ ref }: Exchange): boolean => (DIALECTS as readonly unknown[]).includes(ref.dialect);

/** Whether the world doubles an older release, whose images have fewer members than the contract says. */
const isOlderRelease = ({ ref, world }: Exchange): boolean =>
  ref.dialect.name === 'image-v2' && world.profiles['image-v2']?.['release'] !== undefined;

function hold(exchange: Exchange, reply: Reply): Reply {
  if (isDoubled(exchange) && isNatural(exchange, reply) && !isOlderRelease(exchange)) {
    const { ref, call, requestId } = exchange;
    try {
      noteViolations(violationsOf({ ref, call, requestId, reply }));
    } catch (error) {
      noteViolations([`${ref.name} ${reply.status}: ${(error as Error).message}`]);
    }
  }
  return reply;
}

/** Checks every natural reply against the contract of its operation. The test fails if one differs. */
export const holdReplies: Stage = (exchange, next) => {
  const reply = next();
  return isPending(reply) ? reply.then((settled) => hold(exchange, settled)) : hold(exchange, reply);
};
