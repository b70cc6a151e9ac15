/** Checks that newer releases of Keystone make before they look at the token: of the query of lists, and of bodies. */
import { ALL_RELEASES, RANK } from '../../../base/release.ts';
import type { Cloud } from '../../../cloud.ts';
import type { Call, Operation } from '../../../contract/contract.ts';
import type { JsonSchema } from '../../../contract/schema.ts';
import { noteRelease } from '../../shared/release-choice.ts';
import { parseBody } from '../body.ts';
import { contract } from '../contract.ts';
import { RequestError } from '../request-error.ts';
import { bodySchema } from './bodies.ts';
import { querySchema } from './list-queries.ts';
import { assertNewForm } from './new-form.ts';

/** What is checked in one operation, by rank of the release. */
interface EarlyCheck {
  readonly query: readonly (JsonSchema | undefined)[];
  readonly body: readonly (JsonSchema | undefined)[];
}

const byRank = (schemaOf: (rank: number) => JsonSchema | undefined) => ALL_RELEASES.map((_, rank) => schemaOf(rank));

const CHECKS: ReadonlyMap<Operation, EarlyCheck> = new Map(
  Object.entries<Operation>(contract.operations)
    .map(([id, operation]) => {
      const check = {
        query: byRank((rank) => querySchema(id, rank)),
        body: byRank((rank) => bodySchema(id, rank)),
      };
      return [operation, check] as const;
    })
    .filter(([, { query, body }]) => [...query, ...body].some((schema) => schema !== undefined)),
);

/** Whether messages of a release say that a value should be non-empty. */
const saysNonEmpty = ({ releases }: Pick<Cloud, 'releases'>): boolean => releases.identity >= RANK['2026.2'];

/** Makes the checks of an operation that come before the token. @throws RequestError 400; IdentityError for a body that cannot be read. */
export function checkEarly(call: Call, cloud: Cloud, operation: Operation): void {
  const check = CHECKS.get(operation);
  if (check === undefined) return;
  const { releases } = cloud;
  const query = check.query[releases.identity];
  const body = check.body[releases.identity];
  try {
    if (query !== undefined) assertNewForm(firstValues(call.query), query, saysNonEmpty(cloud));
    if (body !== undefined) assertNewForm(parseBody(call), body, saysNonEmpty(cloud));
  } catch (error) {
    if (error instanceof RequestError && releases.identity !== releases.world) noteRelease(cloud, 'identity');
    throw error;
  }
}

/** The first value of each parameter. */
function firstValues(query: URLSearchParams): Readonly<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const [name, value] of query) if (!Object.hasOwn(values, name)) values[name] = value;
  return values;
}
