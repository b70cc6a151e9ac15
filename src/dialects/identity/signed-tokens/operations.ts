import { recordHandler } from '../records/handlers.ts';
import { type OperationShape, specialOperations } from '../records/special-operations.ts';
import { TOKEN_REPLY } from '../response-schemas.ts';
import { createEc2Token, createS3Token } from './issue.ts';

const TOKEN: OperationShape = { method: 'post', success: 200, errors: [400, 401, 403, 404] };

/** The operations that give tokens for requests that were signed with EC2 credentials. */
export const signedTokenOperations = specialOperations('OS-EC2', {
  createEc2Token: [TOKEN, '/v3/ec2tokens', 'Issue a token for a signed request of EC2.', TOKEN_REPLY],
  createS3Token: [TOKEN, '/v3/s3tokens', 'Show a token for a signed request of S3.', TOKEN_REPLY],
});

/** Handlers of `signedTokenOperations`. */
export const signedTokenHandlers = {
  createEc2Token: recordHandler(createEc2Token),
  createS3Token: recordHandler(createS3Token),
};
