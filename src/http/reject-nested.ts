import { assertShallow, hasTooManyValues, MAX_VALUES } from '../base/json-depth.ts';
import type { Stage } from './operation-exchange.ts';

/** Levels of lists and objects that services can process, unless their dialect says otherwise. */
const MAX_LEVELS = 888;

/** Bytes of a JSON body. Errors quote bodies, some in several forms. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Fails on a JSON body that is nested more deeply than the service can process, and rejects one that is large.
 * @throws NestingError
 */
export const rejectNested: Stage = (exchange, next) => {
  const { call, ref, world } = exchange;
  const { body } = call;
  const { dialect } = ref;
  if (body === undefined || !isJsonType(call.headers['content-type'])) return next();
  assertShallow(body, dialect.maxLevels ?? MAX_LEVELS);
  const isLong = body.length > MAX_BYTES;
  if (!isLong && !hasTooManyValues(body)) return next();
  const { requestId } = exchange;
  const limit = isLong ? { maxBytes: MAX_BYTES } : { maxBytes: dialect.bodyLimit, maxValues: MAX_VALUES };
  return dialect.presentOversized({ ...limit, call, cloud: world, requestId });
};

const isJsonType = (type: string | undefined): boolean => type === undefined || /json/i.test(type);
