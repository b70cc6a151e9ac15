import { afterAll, afterEach, expect } from '@jest/globals';
import { takeViolations } from '../replies/noted.ts';

/** Fails a test whose requests got replies that the contracts do not allow. */
function failOnViolations(): void {
  const violations = takeViolations();
  if (violations.length > 0) throw new Error(`Replies differ from their contracts:\n${violations.join('\n')}`);
}

/** Suites whose requests are held. */
const HELD = /[\\/]test[\\/](?:dialects|faults|http|conformance[\\/].*(?:by-state|documented))/;

if (HELD.test(expect.getState().testPath ?? '')) {
  afterEach(failOnViolations);
  afterAll(failOnViolations);
}
