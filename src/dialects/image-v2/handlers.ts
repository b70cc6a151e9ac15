import type { Handlers } from '../../contract/contract.ts';
import type { Context } from '../dialect.ts';
import { cacheHandlers } from './cache/handlers.ts';
import type { contract } from './contract.ts';
import { discoveryHandlers } from './discovery/handlers.ts';
import { imageDataHandlers } from './image-data/handlers.ts';
import { imageHandlers } from './images/handlers.ts';
import { importHandlers } from './import/handlers.ts';
import { memberHandlers } from './members/handlers.ts';
import { metadefHandlers } from './metadefs/handlers.ts';
import { schemaHandlers } from './schemas/handlers.ts';
import { taskHandlers } from './tasks/handlers.ts';
import { versionHandlers } from './versions/handlers.ts';

const HANDLERS: Handlers<typeof contract, Context> = {
  ...versionHandlers,
  ...imageHandlers,
  ...imageDataHandlers,
  ...memberHandlers,
  ...discoveryHandlers,
  ...importHandlers,
  ...taskHandlers,
  ...cacheHandlers,
  ...metadefHandlers,
  ...schemaHandlers,
};

/** Returns the handlers of the operations of `contract.ts`. */
export const handlers = (): Handlers<typeof contract, Context> => HANDLERS;
