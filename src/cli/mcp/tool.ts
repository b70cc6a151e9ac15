import type { AdminTarget } from '../client.ts';

/** A JSON Schema. */
export type Schema = Readonly<Record<string, unknown>>;

/** Arguments of a tool, as the agent sends them. */
export type Arguments = Readonly<Record<string, unknown>>;

/** What a tool does to the world: agents ask their users before they use one that changes something. */
export type ToolEffect = 'reads' | 'changes' | 'removes';

/** A tool that a coding agent can call. */
export interface Tool {
  readonly name: string;
  readonly description: string;
  readonly effect: ToolEffect;
  /** Schemas of its arguments, by name; `world` is added to those of every tool. */
  readonly properties: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  /**
   * Does the work.
   * @returns a JSON value; `undefined` when there is nothing to say.
   * @throws CommandError for arguments that the server rejects, and when it cannot be reached.
   */
  run(input: Arguments, target: AdminTarget): Promise<unknown>;
}

/** The argument that selects the world. */
export const WORLD: Schema = { type: 'string', description: 'World to use instead of the one of the command line.' };
