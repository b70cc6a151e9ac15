/** Reasons for errors of Rackspace's front end and roles, for the tables of natural problems. */
import type { Caller } from '../../domain/caller.ts';
import type { NaturalProblem, ProblemsByName } from '../dialect.ts';
import { BODY_UNEXPECTED, wrongRequest } from '../shared/body-reasons.ts';
import { OTHER_PRODUCTS, type RoleChecks } from './auth.ts';
import type { Fault } from './replies.ts';
import { RequestError } from './requests.ts';

/** The error that an action throws. */
export const thrownBy =
  (action: () => unknown): NaturalProblem =>
  ({ operationId, status }) => {
    try {
      action();
    } catch (error) {
      if (error instanceof RequestError) return error.reply;
      throw error;
    }
    throw new Error(`Nothing was rejected for ${operationId}.${status}.`);
  };

const WITHOUT_ROLES: Pick<Caller, 'roles'> = { roles: [] };

/** Creates the reasons that the operations of one API share. */
export const frontEndReasons = (fault: Fault, { checkWriter, checkRemover }: RoleChecks) => {
  const OTHER: ProblemsByName = { 'other-product': () => fault(403, OTHER_PRODUCTS) };
  return {
    /** The caller has no role for the product. */
    readers: OTHER,
    /** The caller may only read, or has no role for the product. */
    writers: { 'read-only': thrownBy(() => checkWriter(WITHOUT_ROLES)), ...OTHER } as ProblemsByName,
    /** The caller may not remove anything, or has no role for the product. */
    removers: { 'may-not-remove': thrownBy(() => checkRemover(WITHOUT_ROLES)), ...OTHER } as ProblemsByName,
  };
};

/** The image id of the path is not a UUID, or there is a body. */
export const WRONG_IMAGE_ID: ProblemsByName = {
  'image-id-invalid': wrongRequest({ params: { image_id: 'no-uuid' } }),
};

/** A request with a parameter of the query that is wrong, or with a body. */
export const wrongQuery = (name: string, search: string): ProblemsByName => ({
  [name]: wrongRequest({ search }),
  ...BODY_UNEXPECTED,
});

/** The media type of the body is not JSON. */
export const MEDIA_TYPE: ProblemsByName = {
  'media-type': wrongRequest({ body: {}, headers: { 'content-type': 'text/plain' } }),
};
