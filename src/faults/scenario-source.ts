import type { Rule, Scenario } from './fault.ts';

/** The operations that rules may name, as the engine looks them up. */
export interface OperationLookup {
  get(name: string): { readonly operation: { readonly statuses: readonly number[] } } | undefined;
  /** Returns the operation whose name is most similar. */
  nearest(name: string): string | undefined;
}

/** Scenarios that several worlds share, as the engine reads them. */
export interface ScenarioSource {
  readonly operations: OperationLookup;
  get(name: string): Scenario | undefined;
  all(): readonly Scenario[];
  /** Scenarios that are enabled in a new world, in the order in which their rules are evaluated. */
  enabledFromStart(): readonly Scenario[];
  /** Records that a rule fired in some world. */
  noteFired(rule: Rule): void;
}
