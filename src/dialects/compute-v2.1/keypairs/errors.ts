import type { Reply } from '../../../contract/contract.ts';
import { fault } from '../protocol/errors.ts';

/** 404 for a key pair that a user does not have. */
export const keypairNotFound = (name: string, userId: string): Reply =>
  fault(404, `Keypair ${name} not found for user ${userId}`);

/** 409 for a name that another key pair of the user has. */
export const keypairExists = (name: string): Reply => fault(409, `Key pair '${name}' already exists.`);

/** 403 for a user who has as many key pairs as the quota allows. */
export const tooManyKeypairs = (): Reply => fault(403, 'Quota exceeded, too many key pairs.');
