import { assertShallow } from '../base/json-depth.ts';
import type { Stage } from './operation-exchange.ts';

/** Levels of lists and objects that services can process, unless their dialect says otherwise. */
const MAX_LEVELS = 888;

/** Fails on a JSON body that is nested more deeply than the service can process. @throws NestingError */
export const rejectNested: Stage = ({ call, ref }, next) => {
  if (call.body !== undefined && isJsonType(call.headers['content-type'])) {
    assertShallow(call.body, ref.dialect.maxLevels ?? MAX_LEVELS);
  }
  return next();
};

const isJsonType = (type: string | undefined): boolean => type === undefined || /json/i.test(type);
