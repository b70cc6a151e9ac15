import type { Handlers } from '../../contract/contract.ts';
import type { Context } from '../dialect.ts';
import { aggregateHandlers } from './aggregates/handlers.ts';
import type { contract } from './contract.ts';
import { extensionHandlers } from './extensions/handlers.ts';
import { flavorChangeHandlers } from './flavors/change-handlers.ts';
import { flavorHandlers } from './flavors/handlers.ts';
import { hostHandlers } from './hosts/handlers.ts';
import { imageHandlers } from './images/handlers.ts';
import { keypairHandlers } from './keypairs/handlers.ts';
import { limitHandlers } from './limits/handlers.ts';
import { metadataHandlers } from './metadata/handlers.ts';
import { quotaHandlers } from './quotas/handlers.ts';
import { serverGroupHandlers } from './server-groups/handlers.ts';
import { actionHandlers } from './servers/action-handlers.ts';
import { serverHandlers } from './servers/handlers.ts';
import { snapshotHandlers } from './snapshots/handlers.ts';
import { usageHandlers } from './usage/handlers.ts';
import { versionHandlers } from './versions/handlers.ts';
import { zoneHandlers } from './zones/handlers.ts';

const HANDLERS: Handlers<typeof contract, Context> = {
  ...versionHandlers,
  ...imageHandlers,
  ...metadataHandlers,
  ...snapshotHandlers,
  ...limitHandlers,
  ...quotaHandlers,
  ...usageHandlers,
  ...zoneHandlers,
  ...keypairHandlers,
  ...flavorHandlers,
  ...flavorChangeHandlers,
  ...serverHandlers,
  ...actionHandlers,
  ...serverGroupHandlers,
  ...extensionHandlers,
  ...hostHandlers,
  ...aggregateHandlers,
};

/** Returns the handlers of the operations of `contract.ts`. */
export const handlers = (): Handlers<typeof contract, Context> => HANDLERS;
