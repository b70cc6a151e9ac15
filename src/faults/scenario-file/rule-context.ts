import type { InputIssue } from '../../input/input-error.ts';
import type { KnownOperation } from './operations.ts';

/** What the parsers and checks of one rule share. */
export interface RuleContext {
  /** Operations that the rule matches. */
  readonly operations: readonly KnownOperation[];
  /** Collects the problems that are found. */
  readonly issues: InputIssue[];
}
