import type { OperationHandlers } from '../../../contract/contract.ts';
import type { Context } from '../../dialect.ts';
import { textReply } from '../../glance/wire.ts';
import type { versionOperations } from './contract.ts';
import { versionsText } from './present.ts';

/** Handlers of the operations that list the API versions. */
export const versionHandlers: OperationHandlers<typeof versionOperations, Context> = {
  listVersions: (call) => textReply(300, versionsText(call.base)),

  listVersionsExplicit: (call) => textReply(200, versionsText(call.base)),
};
