import { toMicroseconds } from '../../domain/clock.ts';

/** ISO 8601 in UTC with microseconds and without a zone, as Keystone writes some times. */
export const withoutZone = (milliseconds: number): string => toMicroseconds(milliseconds).slice(0, -1);
