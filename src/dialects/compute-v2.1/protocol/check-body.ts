import type { Call, Operation, Reply } from '../../../contract/contract.ts';
import { type Check, compile, type JsonSchema } from '../../../contract/schema.ts';
import { checkStrictly } from '../../../contract/strict-integers.ts';
import { fault } from './errors.ts';
import { minorOf } from './microversion.ts';
import { isLegacy } from './paths.ts';
import { violationMessage } from './violations.ts';

/**
 * Returns a check of bodies whose schema depends on the microversion, which gives a 400 for an invalid body. Below `/v2`
 * Nova ignores unknown members.
 */
export function versionedBody(
  operation: Operation,
  schemaOf: (minor: number) => JsonSchema,
): (call: Call) => Reply | undefined {
  const checks = new Map<number, Check>();
  return (call) => {
    const minor = minorOf(call);
    let check = checks.get(minor);
    if (check === undefined) {
      const schema = schemaOf(minor);
      const compiled = compile(schema);
      check = (value) => checkStrictly(compiled, schema, value);
      checks.set(minor, check);
    }
    const legacy = isLegacy(call);
    const found = check(call.json).filter(({ keyword }) => !legacy || keyword !== 'additionalProperties');
    const message = found.length === 0 ? undefined : violationMessage({ violations: found, operation, call });
    return message === undefined ? undefined : fault(400, message);
  };
}
