import { recordHandler } from '../records/handlers.ts';
import { type OperationShape, specialOperations } from '../records/special-operations.ts';
import { EC2_CREDENTIAL_REPLY, EC2_CREDENTIALS_REPLY } from '../special-response-schemas.ts';
import { createEc2Credential, deleteEc2Credential, listEc2Credentials, showEc2Credential } from './credentials.ts';

const ALL = '/v3/users/{user_id}/credentials/OS-EC2';
const ONE = `${ALL}/{credential_id}`;

const errors = [401, 403, 404];
const READ: OperationShape = { method: 'get', success: 200, errors };
const CREATE: OperationShape = { method: 'post', success: 201, errors: [400, ...errors] };
const DELETE: OperationShape = { method: 'delete', success: 204, errors };

/** The operations on EC2 credentials. */
export const ec2Operations = specialOperations('OS-EC2', {
  createEc2Credential: [CREATE, ALL, 'Create an EC2 credential for a user and a project.', EC2_CREDENTIAL_REPLY],
  listEc2Credentials: [READ, ALL, 'List the EC2 credentials of a user.', EC2_CREDENTIALS_REPLY],
  showEc2Credential: [READ, ONE, 'Show an EC2 credential.', EC2_CREDENTIAL_REPLY],
  deleteEc2Credential: [DELETE, ONE, 'Delete an EC2 credential.'],
});

/** Handlers of `ec2Operations`. */
export const ec2Handlers = {
  createEc2Credential: recordHandler(createEc2Credential),
  listEc2Credentials: recordHandler(listEc2Credentials),
  showEc2Credential: recordHandler(showEc2Credential),
  deleteEc2Credential: recordHandler(deleteEc2Credential),
};
