import { afterAll, afterEach } from '@jest/globals';
import { takeViolations } from '../replies/noted.ts';

/** Fails a test whose requests got replies that the contracts do not allow. */
function failOnViolations(): void {
  const violations = takeViolations();
  if (violations.length > 0) throw new Error(`Replies differ from their contracts:\n${violations.join('\n')}`);
}

afterEach(failOnViolations);
afterAll(failOnViolations);
