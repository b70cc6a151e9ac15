import type { Random } from './random.ts';
import { NUMBERS, OTHER_TYPES, RAW_NUMBERS, STRINGS } from './values.ts';

/** Marks a number that JavaScript cannot write. */
const RAW = '@number ';

/** Changes one random part of a JSON value: its value, its type, its name or its presence. */
export function mutate(value: unknown, random: Random): unknown {
  if (Array.isArray(value) && value.length > 0 && random.chance(0.8)) return mutateList(value, random);
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && random.chance(0.85)) {
    return mutateObject(value as Readonly<Record<string, unknown>>, random);
  }
  return replacement(value, random);
}

function replacement(value: unknown, random: Random): unknown {
  if (typeof value === 'string' && random.chance(0.6)) return random.pick(STRINGS);
  if (typeof value === 'number' && random.chance(0.6)) {
    return random.chance(0.3) ? RAW + random.pick(RAW_NUMBERS) : random.pick(NUMBERS);
  }
  return random.pick(OTHER_TYPES);
}

function mutateList(list: readonly unknown[], random: Random): unknown {
  const at = random.int(list.length);
  return random.weighted<() => unknown>([
    [6, () => list.map((item, index) => (index === at ? mutate(item, random) : item))],
    [1, () => list.filter((_item, index) => index !== at)],
    [1, () => [...list, list[at]]],
    [1, () => [...list, random.pick(OTHER_TYPES)]],
    [1, () => [list]],
  ])();
}

function mutateObject(object: Readonly<Record<string, unknown>>, random: Random): unknown {
  // A long text, written briefly.
  if (Object.hasOwn(object, '@str')) return replacement('', random);
  const names = Object.keys(object);
  const extra = String(random.pick(['x', 'id', 'name', '', 'é', '__proto__', 'self', 'enabled', 'type']));
  if (names.length === 0) return Object.fromEntries([[extra, random.pick(OTHER_TYPES)]]);
  const name = random.pick(names);
  // Not a spread of an object with the member `__proto__`, which would set the prototype.
  const changed = (key: string, value: unknown): unknown =>
    Object.fromEntries(Object.entries(object).map(([each, old]) => (each === name ? [key, value] : [each, old])));
  return random.weighted<() => unknown>([
    [8, () => changed(name, mutate(object[name], random))],
    [1, () => Object.fromEntries(Object.entries(object).filter(([each]) => each !== name))],
    [1, () => Object.fromEntries([...Object.entries(object), [extra, random.pick(OTHER_TYPES)]])],
    [1, () => changed(String(random.pick([name.toUpperCase(), `${name} `, ` ${name}`, `${name}s`])), object[name])],
  ])();
}

/** Writes a body, with the numbers that JavaScript cannot write. */
export const withRawNumbers = (json: unknown): string =>
  JSON.stringify(json).replaceAll(new RegExp(`"${RAW}([^"]*)"`, 'g'), '$1');

/** Whether a value holds a number that JavaScript cannot write. */
export const hasRawNumbers = (json: unknown): boolean => (JSON.stringify(json) ?? '').includes(`"${RAW}`);
