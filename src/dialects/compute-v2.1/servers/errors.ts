import type { Reply } from '../../../contract/contract.ts';
import { fault } from '../protocol/errors.ts';

/** 400 for a flavor that does not exist or that the caller may not use. */
export const flavorUnknown = (id: string): Reply => fault(400, `Flavor ${id} could not be found.`);

/** 400 for an image that does not exist or that the caller cannot see. */
export const imageUnknown = (): Reply => fault(400, 'Can not find requested image');

/** 400 for an availability zone that does not exist. */
export const zoneUnavailable = (): Reply => fault(400, 'The requested availability zone is not available');

/** 409 for a server of a project with several networks when the request names no network. */
export const networkAmbiguous = (): Reply =>
  fault(409, 'Multiple possible networks found, use a Network ID to be more specific.');

/** 404 for a server that no cell has. */
export const serverUnmapped = (id: string): Reply => fault(404, `Instance ${id} has no mapping to a cell.`);
