import type { Handler, OperationHandlers } from '../../../contract/contract.ts';
import type { Context } from '../../dialect.ts';
import { rejectBody, textReply, withErrorMapping } from '../../glance/wire.ts';
import type { schemaOperations } from './contract.ts';
import { SCHEMA_TEXTS } from './documents.ts';

const showSchema = (name: keyof typeof SCHEMA_TEXTS): Handler<Context> =>
  withErrorMapping((call) => {
    rejectBody(call);
    return textReply(200, SCHEMA_TEXTS[name]);
  });

/** Handlers of the schema operations. */
export const schemaHandlers: OperationHandlers<typeof schemaOperations, Context> = {
  showImagesSchema: showSchema('images'),
  showImageSchema: showSchema('image'),
  showMembersSchema: showSchema('members'),
  showMemberSchema: showSchema('member'),
};
