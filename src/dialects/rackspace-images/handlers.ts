import type { Handlers } from '../../contract/contract.ts';
import type { Context } from '../dialect.ts';
import type { contract } from './contract.ts';
import { imageHandlers } from './images/handlers.ts';
import { memberHandlers } from './members/handlers.ts';
import { schemaHandlers } from './schemas/handlers.ts';
import { tagHandlers } from './tags/handlers.ts';
import { taskHandlers } from './tasks/handlers.ts';

const HANDLERS: Handlers<typeof contract, Context> = {
  ...imageHandlers,
  ...memberHandlers,
  ...tagHandlers,
  ...taskHandlers,
  ...schemaHandlers,
};

/** Returns the handlers of the operations of `contract.ts`. */
export const handlers = (): Handlers<typeof contract, Context> => HANDLERS;
