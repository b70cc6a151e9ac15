import type { InputIssue } from '../../input/input-error.ts';
import type { Fault, Rule } from '../fault.ts';
import type { KnownOperation } from './operations.ts';

/** What the parsers and checks of one rule share. */
export interface RuleContext {
  /** Operations that the rule matches. */
  readonly operations: readonly KnownOperation[];
  /** Collects the problems that are found. */
  readonly issues: InputIssue[];
}

/** A fault and its JSON pointer. */
export interface PlacedFault {
  readonly fault: Fault;
  readonly at: string;
}

/** A rule with its faults and its JSON pointer. */
export interface PlacedRule {
  readonly rule: Rule;
  readonly faults: readonly PlacedFault[];
  readonly pointer: string;
}
