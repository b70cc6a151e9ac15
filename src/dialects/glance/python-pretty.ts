import { ExactNumber, exactMember } from '../../base/exact-numbers.ts';
import { NestingError } from '../../base/json-depth.ts';
import { type Place, prettyText } from './python-pretty-text.ts';
import { pythonRepr, reprString } from './python-repr.ts';

/** How many levels of values that need several lines Glance can print, before it exceeds the recursion limit of Python. */
const MAX_LEVELS = 296;

/**
 * Formats a value as Python's `pprint`: over several lines if it exceeds `width`, keys sorted, long texts split at spaces.
 * @throws NestingError for more than `maxLevels` levels, on which the service fails.
 */
export function pythonPretty(value: unknown, width: number, maxLevels = MAX_LEVELS): string {
  const parts: string[] = [];
  pretty(value, { indent: 0, allowance: 0, width, level: 1, maxLevels }, parts);
  return parts.join('');
}

function pretty(value: unknown, place: Place, parts: string[]): void {
  if (place.level > place.maxLevels) throw new NestingError(place.maxLevels);
  const flat = flatWithin(value, place.width - place.indent - place.allowance);
  if (flat !== undefined) parts.push(flat);
  else if (Array.isArray(value)) prettyList(value, place, parts);
  else if (isDictionary(value)) prettyDictionary(value, place, parts);
  else parts.push(typeof value === 'string' ? prettyText(value, place) : pythonRepr(value));
}

const isDictionary = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !(value instanceof ExactNumber);

/** Formats the items of a list, one a line. */
function prettyList(list: readonly unknown[], place: Place, parts: string[]): void {
  const separator = `,\n${' '.repeat(place.indent + 1)}`;
  parts.push('[');
  for (let index = 0; index < list.length; index += 1) {
    if (index > 0) parts.push(separator);
    pretty(exactMember(list, index), inside(place, 0, index === list.length - 1), parts);
  }
  parts.push(']');
}

/** Formats the members of a dictionary, one a line. */
function prettyDictionary(value: object, place: Place, parts: string[]): void {
  const separator = `,\n${' '.repeat(place.indent + 1)}`;
  const keys = sortedKeys(value);
  parts.push('{');
  keys.forEach((key, index) => {
    const label = `${reprString(key)}: `;
    parts.push(index > 0 ? separator + label : label);
    pretty(exactMember(value, key), inside(place, label.length, index === keys.length - 1), parts);
  });
  parts.push('}');
}

const inside = (
  { indent, allowance, width, level, maxLevels }: Place,
  labelLength: number,
  isLast: boolean,
): Place => ({
  indent: indent + 1 + labelLength,
  allowance: isLast ? allowance + 1 : 1,
  width,
  level: level + 1,
  maxLevels,
});

/** The fewest characters of a member of a dictionary: an empty name, a digit, and what separates them. */
const MIN_MEMBER = "'': 1, ".length;
const MIN_ITEM = '1, '.length;
const BRACKETS_WITHOUT_SEPARATOR = '[]'.length - ', '.length;

/**
 * Formats a value on one line; `undefined` if it has more than `room` characters. Stops as soon as that is certain, so that
 * the time does not depend on the size of the value.
 */
function flatWithin(value: unknown, room: number): string | undefined {
  if (Array.isArray(value)) return flatList(value, room);
  if (isDictionary(value)) return flatDictionary(value, room);
  if (typeof value === 'string' && value.length + 2 > room) return undefined;
  const flat = pythonRepr(value);
  return flat.length <= room ? flat : undefined;
}

function flatList(list: readonly unknown[], room: number): string | undefined {
  if (list.length * MIN_ITEM + BRACKETS_WITHOUT_SEPARATOR > room) return undefined;
  let flat = '[';
  for (let index = 0; index < list.length; index += 1) {
    if (index > 0) flat += ', ';
    const item = flatWithin(exactMember(list, index), room - flat.length - 1);
    if (item === undefined) return undefined;
    flat += item;
  }
  return flat.length < room ? `${flat}]` : undefined;
}

function flatDictionary(value: object, room: number): string | undefined {
  if (hasMoreKeys(value, (room - BRACKETS_WITHOUT_SEPARATOR) / MIN_MEMBER)) return undefined;
  let flat = '{';
  for (const key of sortedKeys(value)) {
    if (flat.length > 1) flat += ', ';
    flat += `${reprString(key)}: `;
    const member = flatWithin(exactMember(value, key), room - flat.length - 1);
    if (member === undefined) return undefined;
    flat += member;
  }
  return flat.length < room ? `${flat}}` : undefined;
}

function hasMoreKeys(value: object, limit: number): boolean {
  let count = 0;
  for (const _key in value) {
    count += 1;
    if (count > limit) return true;
  }
  return false;
}

const sortedKeys = (value: object): readonly string[] =>
  Object.keys(value).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
