import { isObject } from '../../../base/json.ts';
import type { Call } from '../../../contract/contract.ts';
import { DAYS_OF_WEEK, type DayOfWeek, type ImageSchedule } from '../../../domain/servers/server.ts';
import { type Items, parseItems } from '../metadata/items.ts';
import { checks } from '../wire.ts';

const MAX_NAME_LENGTH = 255;
const MAX_RETENTION = 65_535;

/** An image to create from a server. */
export interface ServerImageRequest {
  readonly name: string;
  readonly items: Items;
}

/**
 * Parses the body of `createServerImage`.
 * @throws RequestError 400, 403, 415.
 */
export function parseCreateImage(call: Call): ServerImageRequest {
  const { createImage } = checks.parseObject(call);
  if (!isObject(createImage)) return checks.reject(400, 'There is no such action: the body names createImage.');
  const { name, metadata } = createImage;
  if (typeof name !== 'string' || name.trim() === '' || name.length > MAX_NAME_LENGTH) {
    return checks.reject(400, `The name of an image has 1 to ${MAX_NAME_LENGTH} characters.`);
  }
  return { name, items: metadata === undefined ? {} : parseItems(metadata, 'metadata') };
}

/**
 * Parses the body of `enableScheduledImages`.
 * @throws RequestError 400, 415.
 */
export function parseSchedule(call: Call): Omit<ImageSchedule, 'nextAt'> {
  const { image_schedule: schedule } = checks.parseObject(call);
  if (!isObject(schedule)) return checks.reject(400, 'The body holds an image_schedule.');
  return { retention: parseRetention(schedule['retention']), ...parseDay(schedule['day_of_week']) };
}

function parseRetention(value: unknown): number {
  const isValid = typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MAX_RETENTION;
  return isValid ? value : checks.reject(400, `retention is a whole number from 1 to ${MAX_RETENTION}.`);
}

function parseDay(value: unknown): { readonly dayOfWeek?: DayOfWeek } {
  if (value === undefined) return {};
  const day = DAYS_OF_WEEK.find((each) => each === value);
  return day === undefined
    ? checks.reject(400, `day_of_week is one of ${DAYS_OF_WEEK.join(', ')}.`)
    : { dayOfWeek: day };
}
