import { type Contract, type Handlers, jsonReply } from '../../../contract/contract.ts';
import type { Context } from '../../dialect.ts';
import { fault } from '../protocol/errors.ts';
import { typeHeader } from '../protocol/media-types.ts';
import { deniedBy } from '../protocol/policies.ts';
import { withPreconditions } from '../protocol/preconditions.ts';
import { zoneOperations } from './contract.ts';
import { ZONES, ZONES_DETAIL } from './present.ts';

interface ZonesContract extends Contract {
  readonly operations: typeof zoneOperations;
}

const { listAvailabilityZones, listAvailabilityZonesDetail } = zoneOperations;

/** Handlers of availability zones. */
export const zoneHandlers: Handlers<ZonesContract, Context> = {
  listAvailabilityZones: withPreconditions(listAvailabilityZones, (call) => jsonReply(200, ZONES, typeHeader(call))),
  listAvailabilityZonesDetail: withPreconditions(listAvailabilityZonesDetail, (call, { caller }) =>
    caller.isAdmin
      ? jsonReply(200, ZONES_DETAIL, typeHeader(call))
      : fault(403, deniedBy('os-availability-zone:detail')),
  ),
};
