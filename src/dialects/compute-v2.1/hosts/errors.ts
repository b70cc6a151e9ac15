import type { Reply } from '../../../contract/contract.ts';
import { fault } from '../protocol/errors.ts';

/** 404 for a hypervisor that does not exist. */
export const hypervisorNotFound = (id: string): Reply => fault(404, `Hypervisor with ID '${id}' could not be found.`);

/** 404 for a name that no hypervisor matches. */
export const hypervisorUnmatched = (pattern: string): Reply =>
  fault(404, `No hypervisor matching '${pattern}' could be found.`);

/** 404 for a compute service that does not exist. */
export const serviceNotFound = (id: string): Reply => fault(404, `Service ${id} could not be found.`);

/** 404 for a compute service that cannot be deleted because it does not exist. */
export const deletedServiceNotFound = (id: string): Reply => fault(404, `Service ${id} not found.`);

/** 409 for a compute service on whose host servers run. */
export const serviceInUse = (): Reply =>
  fault(409, 'Unable to delete compute service that is hosting instances. Migrate or delete the instances first.');

/** 400 for an id that is no UUID. */
export const uuidInvalid = (id: string): Reply => fault(400, `Invalid uuid ${id}`);
