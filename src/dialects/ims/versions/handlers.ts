import type { Handler, OperationHandlers } from '../../../contract/contract.ts';
import type { Context } from '../../dialect.ts';
import { rejectBody, textReply, withErrorMapping } from '../../glance/wire.ts';
import { hasBody } from '../../shared/webob.ts';
import { identify, notPublished } from '../gateway.ts';
import { choiceOf, peekChoice } from '../profiles.ts';
import type { versionOperations } from './contract.ts';
import { versionListText, versionText } from './present.ts';

/** Wraps a handler that needs no token, except in worlds whose profile guards it like the other operations. */
const openHandler = <Param extends string>(handler: Handler<Context, Param>): Handler<Context, Param> =>
  withErrorMapping((call, context) => {
    const { cloud } = context;
    if (peekChoice(cloud, 'version-calls') === 'open') return handler(call, context);
    const caller = identify(call, cloud, context);
    if ('status' in caller && choiceOf(cloud, 'version-calls') === 'guarded') return caller;
    if (hasBody(call) && choiceOf(cloud, 'version-calls') === 'guarded') rejectBody(call);
    return handler(call, context);
  });

/** Handlers of the version operations. */
export const versionHandlers: OperationHandlers<typeof versionOperations, Context> = {
  listVersions: openHandler(({ base }) => textReply(300, versionListText(base))),

  showVersion: openHandler(({ base, params: { version } }, { cloud, requestId }) => {
    const text = versionText(base, version);
    if (text === undefined) return notPublished(requestId);
    return textReply(choiceOf(cloud, 'version-status') === 'otc' ? 300 : 200, text);
  }),
};
