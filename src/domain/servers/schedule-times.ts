import { DAYS_OF_WEEK, type DayOfWeek, type ImageSchedule } from './server.ts';

const DAY_MILLISECONDS = 86_400_000;

/** The next midnight in UTC, on this day of the week if one is given. Milliseconds since 1970. */
export function nextMidnight(now: number, dayOfWeek: DayOfWeek | undefined): number {
  const midnight = (Math.floor(now / DAY_MILLISECONDS) + 1) * DAY_MILLISECONDS;
  if (dayOfWeek === undefined) return midnight;
  const ahead = DAYS_OF_WEEK.indexOf(dayOfWeek) - new Date(midnight).getUTCDay();
  return midnight + ((ahead + 7) % 7) * DAY_MILLISECONDS;
}

/**
 * When the next image of an overdue schedule is due, and when the one after it. If the clock passed over many images,
 * it creates only as many as the schedule keeps.
 */
export function dueTimes(
  { retention, dayOfWeek, nextAt }: ImageSchedule,
  now: number,
): { readonly dueAt: number; readonly nextAt: number } {
  const period = dayOfWeek === undefined ? DAY_MILLISECONDS : 7 * DAY_MILLISECONDS;
  const missed = Math.floor((now - nextAt) / period);
  const dueAt = nextAt + Math.max(0, missed - retention + 1) * period;
  return { dueAt, nextAt: dueAt + period };
}
