/** How numbers and times are written. */

/** Writes a duration: `0.8 ms`, `12 ms`, `1.25 s`, `2 min 5 s`. */
export function duration(milliseconds: number): string {
  const amount = Math.abs(milliseconds);
  if (amount < 10) return `${milliseconds.toFixed(1)} ms`;
  if (amount < 1000) return `${Math.round(milliseconds)} ms`;
  if (amount < 60_000) return `${(milliseconds / 1000).toFixed(2)} s`;
  return `${Math.trunc(milliseconds / 60_000)} min ${Math.round((amount % 60_000) / 1000)} s`;
}

/** Writes how long after the first request something happened: `+1.204`. */
export const elapsed = (milliseconds: number): string =>
  `${milliseconds < 0 ? '−' : '+'}${(Math.abs(milliseconds) / 1000).toFixed(3)}`;

/** Writes a time of day with milliseconds, in UTC: `15:20:23.873`. */
export const clockTime = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(11, 23);

/** Writes a time with its date, in UTC. */
export const fullTime = (milliseconds: number): string =>
  new Date(milliseconds).toISOString().replace('T', ' ').replace('Z', ' UTC');

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

/** Writes a number of bytes: `812 B`, `1.4 MiB`. */
export function bytes(count: number): string {
  let amount = count;
  let unit = 0;
  while (amount >= 1024 && unit < UNITS.length - 1) {
    amount /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? amount : amount.toFixed(1)} ${UNITS[unit]}`;
}

/** The class of a status, which decides its color. */
export function statusClass(status: number): 'none' | 'ok' | 'redirect' | 'client' | 'server' {
  if (status === 0) return 'none';
  if (status < 300) return 'ok';
  if (status < 400) return 'redirect';
  return status < 500 ? 'client' : 'server';
}
