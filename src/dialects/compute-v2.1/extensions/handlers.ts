import type { Contract, Handlers } from '../../../contract/contract.ts';
import type { Context } from '../../dialect.ts';
import { fault, NO_RESOURCE } from '../protocol/errors.ts';
import { okReply } from '../protocol/media-types.ts';
import { withPreconditions } from '../protocol/preconditions.ts';
import { extensionOperations as operations } from './contract.ts';
import { EXTENSIONS } from './extensions.ts';

interface ExtensionsContract extends Contract {
  readonly operations: typeof operations;
}

/** Handlers of extensions. */
export const extensionHandlers: Handlers<ExtensionsContract, Context> = {
  listExtensions: withPreconditions(operations.listExtensions, (call) =>
    okReply(call, { extensions: [...EXTENSIONS.values()] }),
  ),
  showExtension: withPreconditions(operations.showExtension, (call) => {
    const extension = EXTENSIONS.get(call.params.alias);
    return extension === undefined ? fault(404, NO_RESOURCE) : okReply(call, { extension });
  }),
};
