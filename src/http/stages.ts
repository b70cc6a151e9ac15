import { isReleased, releaseAt } from '../base/release.ts';
import type { Cloud } from '../cloud.ts';
import { isByProfile } from '../contract/contract.ts';
import { checkOf, type JsonSchema } from '../contract/schema.ts';
import { checkStrictly } from '../contract/strict-integers.ts';
import type { OperationRef, OperationRequest } from '../dialects/dialect.ts';
import { parseJson } from '../dialects/shared/json-body.ts';
import { offers } from '../dialects/shared/release-choice.ts';
import type { Image } from '../domain/image.ts';
import type { Decision } from '../faults/engine/decision.ts';
import type { RuleStage } from '../faults/fault.ts';
import { settles } from '../faults/fault-kinds.ts';
import { readDeferredBody } from './deferred-body.ts';
import { applyFault } from './faults/apply-fault.ts';
import { applyWithHolds } from './faults/hold.ts';
import { encodeLargeReply, inTurn } from './large-bodies.ts';
import { mapErrors, rejectUnsaved } from './map-errors.ts';
import type { Exchange, Next, Stage } from './operation-exchange.ts';
import type { Played } from './playback.ts';
import { rejectNested } from './reject-nested.ts';
import { andThen, type ReplyOrPromise } from './reply-or-promise.ts';

/** Runs everything that is due by the clock of the world: late effects, tasks, scheduled images. */
export const applyDueChanges: Stage = ({ world, call, ref }, next) => {
  world.applyDueChanges();
  const { late } = world.faults;
  if (!late.isEmpty && (call.method === 'GET' || call.method === 'HEAD')) {
    late.poll({ dialect: ref.dialect.name, imageId: call.params['image_id'] });
  }
  return next();
};

/** Authenticates the caller. The dialect defines the error response. */
export const identify: Stage = (exchange, next) => {
  const { ref, call, cloud } = exchange;
  if (ref.operation.auth === 'none') return next();
  const identified = ref.dialect.identify(call, cloud, ref.operation, exchange);
  if ('status' in identified) return identified;
  exchange.caller = identified;
  return next();
};

/** Evaluates the rules of a stage of the world, and applies the fault that they decide on. */
const injectFaultAt =
  (stage: RuleStage): Stage =>
  (exchange, next) => {
    const { world, ref, call, caller } = exchange;
    // The first rule that settles a request ends the evaluation, and a dry run happens within a settled one.
    if (exchange.decision !== undefined && settles(exchange.decision.fault)) return next();
    const image = (): Image | undefined => {
      const imageId = call.params['image_id'];
      return imageId === undefined ? undefined : world.images.peek(imageId);
    };
    const decided = world.faults.decide({ operation: ref.name, call, caller, image }, stage);
    const decision = exchange.played === undefined ? decided : playedDecision(exchange.played, stage);
    if (decision === undefined) return next();
    exchange.decision = decision;
    exchange.isDecidedEarly = stage === 'before-auth';
    return decision.holds === undefined
      ? applyFault(decision, exchange, next)
      : applyWithHolds(decision, exchange, next);
  };

/** The recorded decision takes the place of the engine's, which counts the request all the same. */
const playedDecision = ({ decision, isEarly }: Played, stage: RuleStage): Decision | undefined =>
  isEarly === (stage === 'before-auth') ? decision : undefined;

/** Applies rules as a gateway in front of the service would: before the token and the size of the body are checked. */
export const injectEarlyFault = injectFaultAt('before-auth');

/** Applies rules to requests of authenticated callers. */
export const injectFault = injectFaultAt('after-auth');

/** Responds to operations that the release of the world does not have, as that release does. */
export const rejectOtherReleases: Stage = (exchange, next) => {
  const { call, ref, cloud, requestId } = exchange;
  if (call.offered === undefined) return next();
  offers(cloud, ref.dialect.name, ref.operation);
  call.hint ??= otherReleaseHint(ref, cloud);
  return ref.dialect.presentUnrouted({ methods: call.offered, call, cloud, requestId });
};

/** Says which releases have an operation. */
function otherReleaseHint({ name, dialect, operation: { since, until } }: OperationRef, { releases }: Cloud): string {
  const own = releaseAt(isReleased(dialect.name) ? releases[dialect.name] : releases.world);
  const from = since === undefined ? '' : ` from release ${since} on`;
  const to = until === undefined ? '' : ` until release ${until}`;
  return `${name} exists${from}${to}; the release of the service is ${own}`;
}

/** Rejects a body that is larger than the service accepts. */
export const rejectOversized: Stage = (exchange, next) => {
  const { call, ref, world } = exchange;
  if (call.exceededLimit === undefined) return next();
  const { requestId } = exchange;
  return ref.dialect.presentOversized({ maxBytes: call.exceededLimit, call, cloud: world, requestId });
};

const operationRequest = (exchange: Exchange): OperationRequest => ({
  call: exchange.call,
  context: exchange,
  operation: exchange.ref.operation,
  operationId: exchange.ref.id,
});

/** Parses a JSON body, and validates it against the schema of the operation. */
export const checkRequest: Stage = (exchange, next) => {
  const { ref, call } = exchange;
  if (ref.operation.request === undefined) return next();
  let value: unknown;
  try {
    const body = ref.dialect.ignoresBody?.(call) === true ? undefined : call.body;
    value = body === undefined ? undefined : parseJson(body);
  } catch (error) {
    return ref.dialect.presentMalformed({ reason: (error as Error).message, ...operationRequest(exchange) });
  }
  if (value === undefined) {
    return ref.dialect.presentMalformed({ reason: 'no body', ...operationRequest(exchange) });
  }
  return inTurn(call.body?.length ?? 0, () => checkValue(value, exchange, next));
};

/** Validates a parsed body against the schema of the operation. */
function checkValue(value: unknown, exchange: Exchange, next: Next): ReplyOrPromise {
  const { ref, call } = exchange;
  const schema = ref.operation.request as JsonSchema;
  const check = checkOf(schema);
  const violations = ref.dialect.hasStrictIntegers === true ? checkStrictly(check, schema, value) : check(value);
  exchange.violations = violations;
  return inTurn(call.body?.length ?? 0, () => {
    if (violations.length > 0) return ref.dialect.presentViolations({ violations, ...operationRequest(exchange) });
    call.json = value;
    return next();
  });
}

/**
 * Throws for a reply whose status neither the operation nor a profile of the world has in the contract: an internal error, which must not look like a response of the service.
 * A handler returns 500 only where the service was seen to fail; errors of Sideglance are thrown.
 */
export const checkReply: Stage = (exchange, next) =>
  andThen(next(), (reply) => {
    const { ref, profiles } = exchange;
    const { statuses, alsoSeen } = ref.operation;
    const { status } = reply;
    if (statuses.includes(status) || status === 500 || alsoSeen?.includes(status)) return reply;
    if (isByProfile(ref.dialect.contract, { operation: ref.id, status, profiles })) return reply;
    throw new Error(`${ref.name} returned ${status}, which its contract does not list`);
  });

/** Runs the handler of the operation. */
export const handle: Stage = ({ ref, call, cloud, caller, requestId }) =>
  ref.handler(call, { cloud, caller, requestId });

/** Handles a request by some of the stages. */
type Run = (exchange: Exchange) => ReplyOrPromise;

/** The stages of every request, in this order. */
export const STAGES: readonly Stage[] = [
  encodeLargeReply,
  mapErrors,
  applyDueChanges,
  injectEarlyFault,
  rejectOversized,
  identify,
  rejectUnsaved,
  readDeferredBody,
  injectFault,
  rejectOtherReleases,
  rejectNested,
  checkRequest,
  checkReply,
  handle,
];

/** Combines the stages to one function. */
export const chain = (stages: readonly Stage[]): Run =>
  stages.reduceRight<Run>(
    (next, stage) => (exchange) => stage(exchange, (other = exchange) => next(other)),
    () => {
      throw new Error('the last stage must reply');
    },
  );
