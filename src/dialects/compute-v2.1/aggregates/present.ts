import { type Aggregate, ZONE_ITEM } from '../../../domain/servers/aggregates.ts';
import { FIRST_WITH_UUID } from './schemas.ts';

const timeOf = (milliseconds: number): string =>
  `${new Date(Math.floor(milliseconds / 1000) * 1000).toISOString().slice(0, -5)}.000000`;

/** A new aggregate. @param minor - microversion. */
export const presentNewAggregate = (aggregate: Aggregate, minor: number): object => ({
  id: aggregate.number,
  ...(minor >= FIRST_WITH_UUID && { uuid: aggregate.uuid }),
  name: aggregate.name,
  availability_zone: aggregate.metadata[ZONE_ITEM] ?? null,
  created_at: timeOf(aggregate.createdAt),
  updated_at: aggregate.updatedAt === null ? null : timeOf(aggregate.updatedAt),
  deleted: false,
  deleted_at: null,
});

/** An aggregate with its metadata. Its list of hosts is empty. @param minor - microversion. */
export const presentAggregate = (aggregate: Aggregate, minor: number): object => ({
  ...presentNewAggregate(aggregate, minor),
  hosts: [],
  metadata: aggregate.metadata,
});
