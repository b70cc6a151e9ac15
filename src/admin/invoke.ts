import type { World } from '../world/world.ts';
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

/** Binds the operations of a group to a world. */
export const bindGroup = <Group extends object>(group: Group, context: AdminContext): Methods<Group> =>
  Object.fromEntries(
    Object.entries(group as Readonly<Record<string, AnyAdminOperation>>).map(([name, operation]) => [
      name,
      (...args: readonly never[]) => callOperation(operation, args, context),
    ]),
  ) as Methods<Group>;

function callOperation(operation: AnyAdminOperation, args: readonly never[], context: AdminContext): unknown {
  const input: AdminInput = operation.call(...args);
  const given = Object.entries(input.query ?? {}).filter(([, value]) => value !== undefined);
  const query = parseQuery(operation, given);
  if (input.body !== undefined) assertValidBody(operation, input.body);
  const output = operation.run({ ...input, query }, context);
  return operation.result === undefined ? output : operation.result(output);
}

/** The context in which operations on a world run. */
export const contextOf = (world: World, host: AdminHost, rootOf: AdminContext['rootOf']): AdminContext => ({
  world,
  host,
  rootOf,
  describeApi: () => openapi(host.version, `${rootOf(world.name)}/__admin`),
});
