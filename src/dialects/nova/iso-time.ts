const TIME =
  /^(\d{4})(?:-?(\d\d)(?:-?(\d\d)(?:[T ](\d\d)(?::?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)?)?)?)?)?(Z|([+-])(\d\d):?(\d\d)?)?$/;

/**
 * Parses an ISO 8601 time; one without a zone is UTC.
 * @returns milliseconds since 1970, or `undefined` for any other text.
 */
export function parseTime(text: string): number | undefined {
  const match = TIME.exec(text);
  if (match === null) return undefined;
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00', fraction = '0'] = match;
  const [, , , , , , , , zone, sign, zoneHours = '00', zoneMinutes = '00'] = match;
  // Only a time of day can have a zone.
  if (zone !== undefined && match[4] === undefined) return undefined;
  const utc = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const time = Date.parse(`${utc}Z`);
  // `Date.parse` accepts 30 February and 24:00 as the day after; Nova rejects both.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 19) !== utc) return undefined;
  const offset = (Number(zoneHours) * 60 + Number(zoneMinutes)) * 60_000;
  return time + Math.floor(Number(`0.${fraction}`) * 1000) - (sign === '-' ? -offset : sign === '+' ? offset : 0);
}
