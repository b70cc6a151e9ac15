import type { KnownDifference } from '../../conformance/known-differences.ts';

/** Differences between Sideglance and the recorded answers to administrators, with their reasons. */
export const KNOWN: readonly KnownDifference[] = [];
