import type { Handler, Handlers } from '../../contract/contract.ts';
import type { Context } from '../dialect.ts';
import type { contract } from './contract.ts';
import { imageHandlers } from './images/handlers.ts';
import { limitHandlers } from './limits/handlers.ts';
import { metadataHandlers } from './metadata/handlers.ts';
import { serverHandlers } from './servers/handlers.ts';

/**
 * Creates the handlers of all operations.
 * @param authenticate - the login handler of the identity service.
 */
export const handlersWith = (authenticate: Handler<Context>): Handlers<typeof contract, Context> => ({
  ...imageHandlers,
  ...metadataHandlers,
  ...serverHandlers,
  ...limitHandlers,
  authenticate,
});
