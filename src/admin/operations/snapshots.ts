import type { JsonSchema } from '../../contract/schema.ts';
import { operation } from '../operation.ts';
import { listOf, NAME_RULE, requestBody, responseBody, text } from '../schema-helpers.ts';
import { dropSnapshot, listSnapshots, restoreSnapshot, takeSnapshot } from '../snapshots.ts';

const SNAPSHOT: JsonSchema = responseBody({ name: text('The name.') });

/** Operations on the snapshots of a world. */
export const snapshotOperations = {
  /** Takes a snapshot; its name is generated when omitted. */
  take: operation({
    id: 'takeSnapshot',
    method: 'post',
    path: '/snapshots',
    summary: 'Takes a snapshot of the current state of a world',
    success: 201,
    statuses: [201, 400, 409],
    request: requestBody({ name: text(NAME_RULE) }),
    isBodyOptional: true,
    response: SNAPSHOT,
    call: (name?: string): { readonly body: { readonly name?: string } } => ({
      body: name === undefined ? {} : { name },
    }),
    run: ({ body }, { world }) => takeSnapshot(world, body.name),
  }),
  /** Lists the snapshots, oldest first. */
  list: operation({
    id: 'listSnapshots',
    method: 'get',
    path: '/snapshots',
    summary: 'Lists the snapshots of a world, oldest first',
    success: 200,
    statuses: [200],
    response: responseBody({ snapshots: listOf(SNAPSHOT) }),
    call: () => ({}),
    run: (_input, { world }) => ({ snapshots: listSnapshots(world) }),
    result: ({ snapshots }) => snapshots,
  }),
  /** Restores the state of a snapshot. */
  restore: operation({
    id: 'restoreSnapshot',
    method: 'post',
    path: '/snapshots/{name}/restore',
    summary: 'Restores a world to the state of a snapshot',
    success: 204,
    statuses: [204, 404],
    call: (name: string) => ({ params: { name } }),
    run: ({ params }, { world }) => restoreSnapshot(world, params.name),
  }),
  /** Drops a snapshot; worlds that were created from it stay. */
  drop: operation({
    id: 'dropSnapshot',
    method: 'delete',
    path: '/snapshots/{name}',
    summary: 'Drops a snapshot; worlds that were created from it stay',
    success: 204,
    statuses: [204, 404],
    call: (name: string) => ({ params: { name } }),
    run: ({ params }, { world }) => dropSnapshot(world, params.name),
  }),
};
