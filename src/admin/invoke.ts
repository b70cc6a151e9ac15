import { Work } from '../base/slices.ts';
import type { World } from '../world/world.ts';
import { runNoted } from './actions.ts';
import { apiIndex } from './api-index.ts';
import { openapi } from './openapi.ts';
import type { AdminContext, AdminHost, AdminInput, AdminOperation, AnyAdminOperation } from './operation.ts';
import { assertValidBody, parseQuery } from './validate.ts';

/** A group of the operation table as methods: arguments and results of the library, run in this process. */
export type Methods<Group> = {
  readonly [Name in keyof Group]: Group[Name] extends AdminOperation<
    string,
    string,
    infer Args,
    infer _Input,
    infer _Output,
    infer Result
  >
    ? (...args: Args) => Result
    : never;
};

/** Binds an operation to a world. */
export const bindOperation =
  (operation: AnyAdminOperation, context: AdminContext) =>
  (...args: readonly never[]): unknown =>
    callOperation(operation, args, context);

/** Binds the operations of a group to a world. */
export const bindGroup = <Group extends object>(group: Group, context: AdminContext): Methods<Group> =>
  Object.fromEntries(
    Object.entries(group as Readonly<Record<string, AnyAdminOperation>>).map(([name, operation]) => [
      name,
      bindOperation(operation, context),
    ]),
  ) as Methods<Group>;

function callOperation(operation: AnyAdminOperation, args: readonly never[], context: AdminContext): unknown {
  const input: AdminInput = operation.call(...args);
  const query = input.query === undefined ? {} : parseQuery(operation, givenIn(input.query));
  if (input.body !== undefined) assertValidBody(operation, input.body);
  const done = runNoted(operation, { params: input.params, query, body: input.body } as AdminInput, context);
  const output = done instanceof Work ? done.atOnce() : done;
  return operation.result === undefined ? output : operation.result(output);
}

const givenIn = (query: object): readonly (readonly [string, unknown])[] =>
  Object.entries(query).filter(([, value]) => value !== undefined);

/** The context in which operations on a world run. */
export const contextOf = (world: World, host: AdminHost, rootOf: AdminContext['rootOf']): AdminContext => ({
  world,
  host,
  rootOf,
  describeIndex: () =>
    apiIndex({
      version: host.version,
      world: world.name,
      worlds: host.worlds.list().map(({ name }) => name),
      address: `${rootOf(world.name)}/__admin`,
    }),
  describeApi: () => openapi(host.version, `${rootOf(world.name)}/__admin`),
});
