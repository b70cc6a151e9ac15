/** Translates the filters of an image list to the query that Nova sends to Glance. */
import { parseTime } from '../../nova/iso-time.ts';
import { idInAddress } from '../../nova/list-parameters.ts';
import { isSortedTwice, translateProperty } from './property-filters.ts';

/** A filter of this API, and how Glance calls it. */
interface Filter {
  readonly glanceName: string;
  readonly convert?: (value: string) => string;
}

const FILTERS: ReadonlyMap<string, Filter> = new Map<string, Filter>([
  ['name', { glanceName: 'name' }],
  ['status', { glanceName: 'status', convert: (value) => value.toLowerCase() }],
  ['minDisk', { glanceName: 'min_disk' }],
  ['minRam', { glanceName: 'min_ram' }],
  ['server', { glanceName: 'instance_uuid', convert: idInAddress }],
  ['type', { glanceName: 'image_type' }],
]);

const PROPERTY = 'property-';

/** Filters of Glance that accept an operator, and numeric ones. */
const WITH_OPERATORS: ReadonlySet<string> = new Set(['id', 'name', 'status', 'container_format', 'disk_format']);
const NUMBERS: ReadonlySet<string> = new Set(['min_disk', 'min_ram', 'size']);

/** Translates all filters. Unknown parameters are ignored. @returns the message of Glance if it rejects one. */
export function glanceQuery(parameters: URLSearchParams): URLSearchParams | string {
  const query = new URLSearchParams();
  for (const [name, value] of new Map(parameters)) {
    const message = addParameter(query, name, value);
    if (message !== undefined) return message;
  }
  return isSortedTwice(parameters) ? 'Old and new sorting syntax cannot be combined' : query;
}

/** @returns the message of Glance if it rejects the parameter. */
function addParameter(query: URLSearchParams, name: string, value: string): string | undefined {
  if (name === 'marker') {
    if (value !== '') query.set('marker', value);
    return undefined;
  }
  if (name.startsWith(PROPERTY)) {
    const property = name.slice(PROPERTY.length);
    const translated = translateProperty(query, property, value);
    if (translated === 'not-special') return addFilter(query, property, value);
    return translated === 'translated' ? undefined : translated.message;
  }
  const filter = FILTERS.get(name);
  return filter && addFilter(query, filter.glanceName, filter.convert?.(value) ?? value);
}

function addFilter(query: URLSearchParams, filter: string, value: string): string | undefined {
  const plain = plainValue(filter, value);
  if (plain === undefined) return `Unable to filter by unknown operator '${operatorOf(value)}'.`;
  query.set(filter, plain);
  return undefined;
}

const operatorOf = (value: string): string => value.slice(0, value.indexOf(':'));

/** A value without the notations that make no difference to Glance; `undefined` for one with an unknown operator. */
function plainValue(filter: string, value: string): string | undefined {
  if (NUMBERS.has(filter)) {
    // The database ignores blanks, a plus sign and a fraction of zero.
    return /^\s*[+-]?\d+(?:\.0*)?\s*$/.test(value) ? String(Number(value)) : value;
  }
  // The colons of a time do not separate an operator.
  if (!WITH_OPERATORS.has(filter) || !value.includes(':') || parseTime(value) !== undefined) return value;
  const operator = operatorOf(value);
  if (operator === 'eq') return value.slice(3);
  return operator === 'in' ? value : undefined;
}
