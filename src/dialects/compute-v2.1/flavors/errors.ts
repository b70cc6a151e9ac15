import type { Reply } from '../../../contract/contract.ts';
import { fault } from '../protocol/errors.ts';

/** 404 for a flavor that does not exist or that the caller may not use. */
export const flavorNotFound = (id: string): Reply => fault(404, `Flavor ${id} could not be found.`);

/** 404 for an extra spec that a flavor does not have. */
export const specNotFound = (id: string, key: string): Reply =>
  fault(404, `Flavor ${id} has no extra specs with key ${key}.`);

/** 404 for the projects that may use a flavor which all may use. */
export const publicFlavor = (): Reply => fault(404, 'Access list not available for public flavors.');

/** 404 for a project that may not use a flavor. @param number - of the flavor in Nova's database. */
export const accessNotFound = (number: number, tenant: string): Reply =>
  fault(404, `Flavor access not found for ${number} / ${tenant} combination.`);

/** 409 for a project that may already use a flavor. @param number - of the flavor in Nova's database. */
export const accessExists = (number: number, tenant: string): Reply =>
  fault(409, `Flavor access already exists for flavor ${number} and project ${tenant} combination.`);

/** 409 for access to a flavor that all may use. */
export const accessToPublic = (): Reply => fault(409, 'Can not add access to a public flavor.');

/** 409 for a name that another flavor has. */
export const flavorNameTaken = (name: string): Reply => fault(409, `Flavor with name ${name} already exists.`);

/** 409 for an id that another flavor has. */
export const flavorIdTaken = (id: string): Reply => fault(409, `Flavor with ID ${id} already exists.`);

/** 409 for extra specs that others change at the same time. Nova tries ten times. */
export const specsContended = (id: string): Reply =>
  fault(409, `Flavor ${id} extra spec cannot be updated or created after 10 retries.`);
