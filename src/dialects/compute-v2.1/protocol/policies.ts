/** Nova's message for a policy rule that denies a request. @param rule - such as `limits:other_project`. */
export const deniedBy = (rule: string): string => `Policy doesn't allow os_compute_api:${rule} to be performed.`;
