/** Tests with another result than with the real services, and why. Each must differ, and no other test may. */
export const KNOWN_DIFFERENCES = [];
