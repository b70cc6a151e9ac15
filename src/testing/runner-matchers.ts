import type { OperationPattern, RequestPattern, StatusClass } from '../index.ts';
import { type ConductExpectation, MATCHERS, type RequestCount, type Subject } from './matchers.ts';
import { failureMessage, isFailure, type Outcome } from './outcome.ts';

/** The matchers of `expect(world)` and `expect(cloud)`. All fail when the outcome is inconclusive, also after `not`. */
export interface WorldMatchers<R = void> {
  /**
   * The client received this response, natural or injected.
   * @example expect(world).toHaveMet('image-v2.deleteImage', 409);
   */
  toHaveMet(operation: OperationPattern, status: number | StatusClass): R;
  /**
   * Sideglance received requests like this; at least 1 when no number is given.
   * @example expect(world).toHaveReceived({ operation: '*.createImage' }, { exactly: 1 });
   */
  toHaveReceived(pattern: RequestPattern, count?: RequestCount): R;
  /** The client waited as long as Retry-After said before it repeated a request. */
  toHaveWaitedForRetryAfter(): R;
  /** The client broke no conduct rule. */
  toHaveNoConductFindings(expectation?: ConductExpectation): R;
}

/** The `this` of a matcher in Jest and Vitest. */
interface MatcherState {
  readonly isNot?: boolean;
}

type RunnerMatcher = (
  this: MatcherState,
  subject: unknown,
  ...parameters: unknown[]
) => { readonly pass: boolean; readonly message: () => string };

/** The matchers in the form that `expect.extend` of Jest and Vitest takes. */
export const RUNNER_MATCHERS = Object.fromEntries(
  Object.entries(MATCHERS).map(([name, check]) => [name, runnerMatcher(name, check)]),
) as { readonly [Name in keyof typeof MATCHERS]: RunnerMatcher };

function runnerMatcher(name: string, check: (world: Subject, ...parameters: never[]) => Outcome): RunnerMatcher {
  return function matcher(subject, ...parameters) {
    const isNot = this.isNot === true;
    const outcome = check(subjectOf(name, subject), ...(parameters as never[]));
    // Runners invert `pass` after `not`.
    return { pass: isFailure(outcome, isNot) === isNot, message: () => failureMessage(outcome, isNot) };
  };
}

/**
 * Returns the world to check.
 * @throws TypeError for anything else.
 */
export function subjectOf(matcher: string, value: unknown): Subject {
  if (typeof value === 'object' && value !== null && 'requests' in value && 'coverage' in value) {
    return value as Subject;
  }
  throw new TypeError(`${matcher}: expected a world or the cloud that startSideglance returns, found ${typeof value}`);
}
