import type { Handlers } from '../../contract/contract.ts';
import type { Context } from '../dialect.ts';
import { cloudImageHandlers } from './cloud-images/handlers.ts';
import type { contract } from './contract.ts';
import { imageHandlers } from './images/handlers.ts';
import { jobHandlers } from './jobs/handlers.ts';
import { memberHandlers } from './members/handlers.ts';
import { osVersionHandlers } from './os-versions/handlers.ts';
import { schemaHandlers } from './schemas/handlers.ts';
import { tagHandlers } from './tags/handlers.ts';
import { v1Handlers } from './v1/handlers.ts';
import { versionHandlers } from './versions/handlers.ts';

const HANDLERS: Handlers<typeof contract, Context> = {
  ...versionHandlers,
  ...imageHandlers,
  ...cloudImageHandlers,
  ...osVersionHandlers,
  ...memberHandlers,
  ...tagHandlers,
  ...v1Handlers,
  ...jobHandlers,
  ...schemaHandlers,
};

/** Returns the handlers of the operations of `contract.ts`. */
export const handlers = (): Handlers<typeof contract, Context> => HANDLERS;
