import type { OperationHandlers } from '../../../contract/contract.ts';
import type { Context } from '../../dialect.ts';
import { textReply } from '../../glance/wire.ts';
import type { versionOperations } from './contract.ts';
import { versionsText } from './present.ts';
import { apiVersionsOf } from './releases.ts';

/** Handlers of the operations that list the API versions. */
export const versionHandlers: OperationHandlers<typeof versionOperations, Context> = {
  listVersions: (call, { cloud }) => textReply(300, versionsText(call.base, apiVersionsOf(cloud))),

  listVersionsExplicit: (call, { cloud }) => textReply(200, versionsText(call.base, apiVersionsOf(cloud))),
};
