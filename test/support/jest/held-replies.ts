import { afterAll, afterEach } from '@jest/globals';
import type { Stage } from '../../../src/http/operation-exchange.ts';
import { STAGES } from '../../../src/http/stages.ts';
import { holdReplies } from '../replies/hold-replies.ts';
import { takeViolations } from '../replies/noted.ts';

/** The stages of every emulator that this suite creates. All suites of the process share them. */
const stages = STAGES as Stage[];

/** Fails a test whose requests got replies that the contracts do not allow. */
function failOnViolations(): void {
  const violations = takeViolations();
  if (violations.length > 0) throw new Error(`Replies differ from their contracts:\n${violations.join('\n')}`);
}

stages.unshift(holdReplies);
afterEach(failOnViolations);
afterAll(() => {
  stages.splice(stages.indexOf(holdReplies), 1);
  failOnViolations();
});
