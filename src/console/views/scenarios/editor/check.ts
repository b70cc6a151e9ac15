import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { call } from '../../../api/client.ts';
import type { PutScenarioBody } from '../../../api/types.ts';
import { issuesOf, messageOf } from '../../../state/actions.ts';
import { world } from '../state.ts';

/** What is known about a scenario that is being written. */
export interface Check {
  /** Whether the server accepts it. */
  readonly isValid: boolean;
  /** What is wrong, with its place. */
  readonly issues: readonly string[];
  /** What is unusual, such as a rule that can never fire. */
  readonly notes: readonly string[];
}

/** Time without a change after which a text is checked, in milliseconds. */
const DELAY = 300;

const UNKNOWN: Check = { isValid: false, issues: [], notes: [] };

/** Checks a scenario with the server while it is written. */
export function useCheck(name: ReadonlySignal<string>, text: ReadonlySignal<string>): ReadonlySignal<Check> {
  const check = useSignal(UNKNOWN);
  const [scenario, written] = [name.value, text.value];
  useEffect(() => {
    let isOld = false;
    check.value = { ...check.peek(), isValid: false };
    const timer = setTimeout(async () => {
      const result = await checkNow(scenario, written);
      if (!isOld) check.value = result;
    }, DELAY);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [scenario, written, check]);
  return check;
}

async function checkNow(name: string, text: string): Promise<Check> {
  if (text.trim() === '') return UNKNOWN;
  try {
    const body = JSON.parse(text) as PutScenarioBody;
    const { notes = [] } = await call('putScenario', { params: { name }, query: { check: true }, body }, world.peek());
    return { isValid: true, issues: [], notes };
  } catch (error) {
    const issues = issuesOf(error);
    return { isValid: false, issues: issues.length === 0 ? [messageOf(error)] : issues, notes: [] };
  }
}
