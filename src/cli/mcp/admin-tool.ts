import { type AdminInputOf, type AdminOperationId, openapi, packageVersion } from '../../index.ts';
import { callAdmin } from '../client.ts';
import type { Arguments, Schema, Tool, ToolEffect } from './tool.ts';

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  readonly schema: Schema;
}

/** An operation of the OpenAPI document of the admin API. */
interface DescribedOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: {
    readonly required: boolean;
    readonly content: { readonly 'application/json': { readonly schema: Schema } };
  };
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
}

/** Operations of the admin API by id. */
const OPERATIONS: ReadonlyMap<string, DescribedOperation> = new Map(
  Object.values((openapi(packageVersion(), '/__admin') as Document).paths).flatMap((methods) =>
    Object.values(methods).map((operation) => [operation.operationId, operation]),
  ),
);

/** How an operation of the admin API becomes a tool. */
export interface AdminToolOptions {
  readonly effect: ToolEffect;
  /** Name of the argument that is sent as the body. */
  readonly body?: string;
  /** Added to the summary of the operation. */
  readonly hint?: string;
  /** Parameters that the tool does not have. */
  readonly without?: readonly string[];
}

/** Makes a tool of an operation of the admin API: its parameters and its body are the arguments. */
export function adminTool(
  name: string,
  id: AdminOperationId,
  { effect, body, hint, without = [] }: AdminToolOptions,
): Tool {
  const { summary, parameters = [], requestBody } = described(id);
  const used = parameters.filter((parameter) => !without.includes(parameter.name));
  return {
    name,
    description: hint === undefined ? `${summary}.` : `${summary}. ${hint}`,
    effect,
    properties: {
      ...Object.fromEntries(used.map((parameter) => [parameter.name, parameter.schema])),
      ...(body !== undefined && { [body]: requestBody?.content['application/json'].schema ?? {} }),
    },
    required: [
      ...used.filter(({ required }) => required).map((parameter) => parameter.name),
      ...(body !== undefined && requestBody?.required ? [body] : []),
    ],
    run: (input, target) => callAdmin(target, id, inputOf(input, used, body) as AdminInputOf<typeof id>),
  };
}

function described(id: AdminOperationId): DescribedOperation {
  const operation = OPERATIONS.get(id);
  if (operation === undefined) throw new Error(`The admin API has no operation ${id}.`);
  return operation;
}

function inputOf(input: Arguments, parameters: readonly Parameter[], body: string | undefined): unknown {
  const given = (place: Parameter['in']) =>
    Object.fromEntries(
      parameters
        .filter((parameter) => parameter.in === place && input[parameter.name] !== undefined)
        .map(({ name }) => [name, input[name]]),
    );
  return {
    params: given('path'),
    query: given('query'),
    ...(body !== undefined && input[body] !== undefined && { body: input[body] }),
  };
}
