import type { Rule, Scenario } from './fault.ts';

/** The operations that rules may name, by name. */
export interface OperationLookup {
  /** Returns an operation by its full name, such as `image-v2.deleteImage`. */
  get(name: string): { readonly operation: { readonly statuses: readonly number[] } } | undefined;
  /** Returns the operations that a name which matches none may have meant, the likeliest first; see `KnownOperations.suggest`. */
  suggest(name: string): readonly string[];
}

/** A scenario of a file that was loaded again: as it was and as it is; `undefined` where there is none. */
export interface ChangedScenario {
  readonly name: string;
  readonly before: Scenario | undefined;
  readonly after: Scenario | undefined;
}

/** Scenarios that several worlds share. The engine reads them through this interface. */
export interface ScenarioSource {
  readonly operations: OperationLookup;
  /** Returns a scenario by name. */
  get(name: string): Scenario | undefined;
  /** Returns all scenarios. */
  all(): readonly Scenario[];
  /** Scenarios that are enabled in a new world, in the order in which their rules are evaluated. */
  enabledFromStart(): readonly Scenario[];
  /** Records that a rule fired in some world. */
  noteFired(rule: Rule): void;
}
