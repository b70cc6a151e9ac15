/** Maximum number of violations that are kept until a test reports them. */
const MAX_NOTED = 50;

const noted = new Set<string>();

/** Notes violations until the end of the test. */
export function noteViolations(violations: readonly string[]): void {
  for (const violation of violations) if (noted.size < MAX_NOTED) noted.add(violation);
}

/** Returns the violations that were noted since the last call. */
export function takeViolations(): readonly string[] {
  const violations = [...noted];
  noted.clear();
  return violations;
}
