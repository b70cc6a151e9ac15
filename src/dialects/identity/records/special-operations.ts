/** Operations on records that resources do not define, written as a table. */
import type { Operation } from '../../../contract/contract.ts';
import type { JsonSchema } from '../../../contract/schema.ts';
import { recordOperation } from './operations.ts';

/** What operations of one sort have in common. */
export interface OperationShape extends Pick<Operation, 'method' | 'success'> {
  /** Statuses besides `success`. */
  readonly errors: readonly number[];
  /** `none` if the operation asks for no token. */
  readonly auth?: 'none';
}

/** An operation: its shape, path template and summary, and the schema of a success with a body. */
type Row = readonly [shape: OperationShape, path: string, summary: string, response?: JsonSchema];

/** Returns the operations of a table by id. @param section - section of the API reference. */
export function specialOperations<Id extends string>(
  section: string,
  rows: Readonly<Record<Id, Row>>,
): Readonly<Record<Id, Operation>> {
  const operation = ([{ method, success, errors, auth }, path, summary, response]: Row): Operation => ({
    ...recordOperation({ method, success, statuses: [success, ...errors].sort(ascending), path, summary, section }),
    ...(auth && { auth }),
    ...(response && { response }),
  });
  const entries = Object.entries<Row>(rows).map(([id, row]) => [id, operation(row)]);
  return Object.fromEntries(entries) as Readonly<Record<Id, Operation>>;
}

const ascending = (one: number, other: number): number => one - other;
