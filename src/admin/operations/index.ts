/**
 * The table of the admin API. To add an operation, add an entry to one of these files: HTTP, the library method, typed
 * requests of the command line and the OpenAPI document follow from it. Keys are names of library methods.
 */
import type { AdminOperation, AnyAdminOperation } from '../operation.ts';
import { clockOperations } from './clock.ts';
import { conductOperations } from './conduct.ts';
import { configurationOperations } from './configuration.ts';
import { faultOperations } from './faults.ts';
import { heldOperations } from './held.ts';
import { imageOperations } from './images.ts';
import { portOperations } from './ports.ts';
import { processOperations } from './process.ts';
import { recordingOperations } from './recording.ts';
import { requestOperations } from './requests.ts';
import { retryTestOperations } from './retry-tests.ts';
import { scenarioOperations } from './scenarios.ts';
import { serverOperations } from './servers.ts';
import { snapshotOperations } from './snapshots.ts';
import { taskOperations } from './tasks.ts';
import { worldOperations } from './world.ts';
import { worldsOperations } from './worlds.ts';

/** Operations on one world, grouped as in the library: `world.tasks.list()` is `WORLD_GROUPS.tasks.list`. */
export const WORLD_GROUPS = {
  scenarios: scenarioOperations,
  faults: faultOperations,
  held: heldOperations,
  images: imageOperations,
  requests: requestOperations,
  retryTests: retryTestOperations,
  configuration: configurationOperations,
  tasks: taskOperations,
  servers: serverOperations,
  clock: clockOperations,
  snapshots: snapshotOperations,
};

/** All operations of the admin API, by group. */
export const ADMIN_GROUPS = {
  process: processOperations,
  ports: portOperations,
  worlds: worldsOperations,
  world: { ...worldOperations, ...conductOperations, ...recordingOperations },
  ...WORLD_GROUPS,
};

type Groups = typeof ADMIN_GROUPS;
type Operations = { readonly [G in keyof Groups]: Groups[G][keyof Groups[G]] }[keyof Groups];

/** An operation id of the admin API, such as `listTasks`. */
export type AdminOperationId = Operations['id'];

type OperationOf<Id extends AdminOperationId> = Extract<Operations, { readonly id: Id }>;

/** The input of an operation of the admin API: path parameters, query parameters and body. */
export type AdminInputOf<Id extends AdminOperationId> =
  OperationOf<Id> extends AdminOperation<string, string, infer _Args, infer Input, infer _Output, infer _Result>
    ? Input
    : never;

/** The body of the success response of an operation of the admin API. */
export type AdminOutputOf<Id extends AdminOperationId> =
  OperationOf<Id> extends AdminOperation<string, string, infer _Args, infer _Input, infer Output, infer _Result>
    ? Awaited<Output>
    : never;

/** All operations of the admin API, by id. */
export const ADMIN_OPERATIONS: Readonly<Record<AdminOperationId, AnyAdminOperation>> = Object.fromEntries(
  Object.values(ADMIN_GROUPS).flatMap((group) =>
    Object.values(group as Readonly<Record<string, AnyAdminOperation>>).map((operation) => [operation.id, operation]),
  ),
) as Record<AdminOperationId, AnyAdminOperation>;
