import type { Verification } from '../admin/verify.ts';
import type { WorldControl } from '../library/world-control.ts';
import type { Reason } from './result.ts';

/** Checks what the journal of a world must show. `{target}` in a pattern is the id of the image that the task is about. */
export function checkRequests(
  verifications: readonly Verification[],
  world: WorldControl,
  targetId: string | undefined,
): { readonly failures: readonly Reason[]; readonly unknown: readonly Reason[] } {
  const failures: Reason[] = [];
  const unknown: Reason[] = [];
  for (const written of verifications) {
    const verification = withTarget(written, targetId);
    const { result, message, requests } = world.requests.verify(verification);
    if (result === 'yes') continue;
    const reason: Reason = {
      check: 'requests',
      message: `${describe(verification)}: ${message}`,
      ...(requests.length > 0 && { entries: requests }),
    };
    (result === 'no' ? failures : unknown).push(reason);
  }
  return { failures, unknown };
}

const withTarget = (verification: Verification, targetId: string | undefined): Verification =>
  JSON.parse(JSON.stringify(verification).replaceAll('{target}', targetId ?? '{target}')) as Verification;

/** What is counted: the pattern without its braces. */
const describe = ({ requests, inOrder }: Verification): string => JSON.stringify(inOrder ?? requests ?? {});
