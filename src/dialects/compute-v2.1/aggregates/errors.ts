import type { Reply } from '../../../contract/contract.ts';
import type { Aggregate } from '../../../domain/servers/aggregates.ts';
import { fault } from '../protocol/errors.ts';

/** 404 for an aggregate that does not exist. */
export const aggregateNotFound = (id: string): Reply => fault(404, `Aggregate ${id} could not be found.`);

/** 409 for a name that another aggregate has. */
export const aggregateExists = (name: string): Reply => fault(409, `Aggregate ${name} already exists.`);

/** 404 for a compute host that does not exist. */
export const hostNotFound = (host: string): Reply => fault(404, `Compute host ${host} could not be found.`);

/** 409 for a host that an aggregate has already. */
export const hostInAggregate = (host: string, id: string): Reply =>
  fault(409, `Aggregate ${id} already has host ${host}.`);

/** An error for a host that cannot be removed: 404 if it does not exist, 409 if it is in use. */
export const hostNotInAggregate = (status: 404 | 409, host: string, id: string): Reply =>
  fault(status, `Cannot remove host ${host} in aggregate ${id}`);

/** 400 for an availability zone without a name. @param what - changes. */
export const zoneEmpty = (
  what: 'aggregate' | 'metadata of aggregate',
  { number, name }: Pick<Aggregate, 'number' | 'name'>,
): Reply =>
  fault(
    400,
    `Cannot update ${what} ${number}. Reason: Aggregate ${name} does not support empty named availability zone.`,
  );
