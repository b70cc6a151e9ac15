import type { JsonSchema } from '../../contract/schema.ts';
import { SERVER_STATUSES } from '../../domain/servers/server.ts';
import { operation } from '../operation.ts';
import { boolean, listOf, requestBody, responseBody, text, textOrNull } from '../schema-helpers.ts';
import { changeServer, listServers, type ServerChange } from '../servers.ts';

const SERVER: JsonSchema = responseBody({
  id: text('UUID.'),
  name: text('Its name.'),
  project: text('Project id.'),
  status: text('Its status, as the Compute API names it.'),
  taskState: textOrNull('Its current task state, such as image_snapshot; null for none.'),
  locked: boolean('Whether only administrators may act on it.'),
  image: textOrNull('Id of the image that it was started from; null for a server that boots from a volume.'),
});

const SERVER_CHANGE: JsonSchema = {
  ...requestBody({
    status: { enum: SERVER_STATUSES, description: 'Its status.' },
    taskState: textOrNull('Its current task state, such as image_snapshot; null for none.'),
    locked: boolean('Whether only administrators may act on it.'),
  }),
  minProperties: 1,
};

/** Operations on the servers of a world. */
export const serverOperations = {
  /** Lists the servers of all projects. */
  list: operation({
    id: 'listServers',
    method: 'get',
    path: '/servers',
    summary: 'Lists the servers of a world, from which images can be created',
    success: 200,
    statuses: [200],
    response: responseBody({ servers: listOf(SERVER) }),
    call: () => ({}),
    run: (_input, { world }) => ({ servers: listServers(world) }),
    result: ({ servers }) => servers,
  }),
  /** Sets any state of a server, without the checks of the doubled APIs. */
  change: operation({
    id: 'changeServer',
    method: 'patch',
    path: '/servers/{server_id}',
    summary: 'Sets any state of a server, without the checks of the doubled APIs',
    success: 200,
    statuses: [200, 400, 404],
    request: SERVER_CHANGE,
    response: SERVER,
    call: (id: string, change: ServerChange) => ({ params: { server_id: id }, body: change }),
    run: ({ params, body }, { world }) => changeServer(world, params.server_id, body),
  }),
};
