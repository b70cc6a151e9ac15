/** Whether something holds that a test expects of a client. */
export interface Outcome {
  /** `inconclusive` when the journal does not hold what would be needed to tell. */
  readonly result: 'yes' | 'no' | 'inconclusive';
  /** What is expected, as a clause: `the client received image-v2.deleteImage 409`. */
  readonly expected: string;
  /** What was found; may have several lines. */
  readonly found: string;
}

/** Whether a test fails. An inconclusive outcome fails with and without `not`. */
export const isFailure = ({ result }: Outcome, isNot: boolean): boolean => result !== (isNot ? 'no' : 'yes');

/** The message of the failure of a test. */
export function failureMessage({ result, expected, found }: Outcome, isNot: boolean): string {
  if (result === 'inconclusive') return `Inconclusive: cannot tell whether ${expected}.\n${found}`;
  return `Expected: ${isNot ? 'not ' : ''}that ${expected}\nFound: ${found}`;
}
