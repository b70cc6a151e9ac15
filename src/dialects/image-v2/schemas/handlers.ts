import type { Handler, OperationHandlers } from '../../../contract/contract.ts';
import type { Context } from '../../dialect.ts';
import { failOnBody, rejectBody, textReply, withErrorMapping } from '../../glance/wire.ts';
import type { schemaOperations } from './contract.ts';
import type { SchemaName } from './documents.ts';
import { schemaText } from './present.ts';

const showSchema = (name: SchemaName): Handler<Context> =>
  withErrorMapping((call) => {
    rejectBody(call);
    return textReply(200, schemaText(name));
  });

const showTaskSchema = (name: SchemaName): Handler<Context> =>
  withErrorMapping((call) => {
    // The service fails on a body here, although it rejects one for the other schemas.
    failOnBody(call);
    return textReply(200, schemaText(name));
  });

/** Handlers of the operations that return JSON schemas. */
export const schemaHandlers: OperationHandlers<typeof schemaOperations, Context> = {
  showImageSchema: showSchema('image'),
  showImagesSchema: showSchema('images'),
  showMemberSchema: showSchema('member'),
  showMembersSchema: showSchema('members'),
  showTaskSchema: showTaskSchema('task'),
  showTasksSchema: showTaskSchema('tasks'),
};
