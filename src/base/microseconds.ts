/** Rounds milliseconds to three decimals. */
export const toMicroseconds = (milliseconds: number): number => Math.round(milliseconds * 1000) / 1000;
