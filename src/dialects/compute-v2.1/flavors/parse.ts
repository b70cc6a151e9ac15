import { ownMember } from '../../../base/own-member.ts';
import type { Call } from '../../../contract/contract.ts';
import { compareTexts } from '../../../domain/image-store/image-order.ts';
import { type FlavorReader, mayUse, type OfferedFlavor } from '../../../domain/servers/flavors.ts';
import { isFalse, isTrue } from '../../nova/booleans.ts';
import { MAX_PAGE } from '../../nova/list-parameters.ts';
import { minorOf } from '../protocol/microversion.ts';
import { checkEnum, checkLimit, checkNames } from '../protocol/query-checks.ts';

/** Value of a flavor that lists are sorted by. `null` comes first. */
type SortValue = (flavor: OfferedFlavor) => string | number | null;

/** What each `sort_key` compares. All flavors have the same times and weights. */
const SORT_KEYS: Readonly<Record<string, SortValue>> = {
  created_at: () => null,
  description: ({ description }) => description,
  disabled: ({ isDisabled }) => Number(isDisabled),
  ephemeral_gb: ({ ephemeralGibibytes }) => ephemeralGibibytes,
  flavorid: ({ id }) => id,
  id: ({ number }) => number,
  is_public: ({ isPublic }) => Number(isPublic),
  memory_mb: ({ ramMebibytes }) => ramMebibytes,
  name: ({ name }) => name,
  root_gb: ({ diskGibibytes }) => diskGibibytes,
  rxtx_factor: ({ rxtxFactor }) => rxtxFactor,
  swap: ({ swapMebibytes }) => swapMebibytes,
  updated_at: () => null,
  vcpu_weight: () => null,
  vcpus: ({ vcpus }) => vcpus,
};

const KNOWN = ['is_public', 'limit', 'marker', 'minDisk', 'minRam', 'sort_dir', 'sort_key'];

/** The first microversion that rejects unknown parameters. */
const FIRST_STRICT = 75;

/** Python's `int` of a text. */
const INTEGER = /^\s*[+-]?\d+(?:_\d+)*\s*$/;

/** A list request. */
export interface FlavorListRequest {
  readonly limit: number;
  readonly marker: string | undefined;
  compare(one: OfferedFlavor, other: OfferedFlavor): number;
  matches(flavor: OfferedFlavor): boolean;
}

const last = (parameters: URLSearchParams, name: string): string | undefined => parameters.getAll(name).at(-1);

/** The message of a 400 for the form of the query. */
const checkForm = (call: Call, parameters: URLSearchParams): string | undefined =>
  (minorOf(call) >= FIRST_STRICT ? checkNames(parameters, KNOWN) : undefined) ??
  checkLimit({ query: parameters, releases: call.releases }) ??
  checkEnum(parameters, 'sort_key', Object.keys(SORT_KEYS)) ??
  checkEnum(parameters, 'sort_dir', ['asc', 'desc']);

/** Parses the query of a list of flavors. @returns the message of a 400 if the query is invalid. */
export function parseFlavorList(
  call: Call,
  parameters: URLSearchParams,
  reader: FlavorReader,
): FlavorListRequest | string {
  const error = checkForm(call, parameters);
  if (error !== undefined) return error;
  const isListed = publicFilter(last(parameters, 'is_public'), reader);
  if (typeof isListed === 'string') return isListed;
  const least = { minDisk: 0, minRam: 0 };
  for (const name of ['minRam', 'minDisk'] as const) {
    const value = last(parameters, name) ?? '0';
    if (!INTEGER.test(value)) return `Invalid ${name} filter [${value}]`;
    least[name] = Number(value.replaceAll('_', ''));
  }
  return {
    limit: Math.min(Number(last(parameters, 'limit') ?? MAX_PAGE), MAX_PAGE),
    marker: last(parameters, 'marker'),
    compare: comparison(last(parameters, 'sort_key') ?? 'flavorid', last(parameters, 'sort_dir') === 'desc'),
    matches: (flavor) =>
      isListed(flavor) && flavor.ramMebibytes >= least.minRam && flavor.diskGibibytes >= least.minDisk,
  };
}

/** Only administrators choose by visibility; all others see public flavors and those of their project. */
function publicFilter(value: string | undefined, reader: FlavorReader): ((flavor: OfferedFlavor) => boolean) | string {
  const usable = (flavor: OfferedFlavor): boolean => mayUse(reader, flavor);
  if (!reader.isAdmin || value === undefined || isTrue(value)) return usable;
  if (value.toLowerCase() === 'none') return () => true;
  return isFalse(value) ? ({ isPublic }) => !isPublic : `Invalid is_public filter [${value}]`;
}

function comparison(key: string, isDescending: boolean): FlavorListRequest['compare'] {
  const sortValue = ownMember(SORT_KEYS, key) ?? (() => null);
  const sign = isDescending ? -1 : 1;
  return (one, other) => sign * (compareValues(sortValue(one), sortValue(other)) || one.number - other.number);
}

function compareValues(one: string | number | null, other: string | number | null): number {
  if (one === other) return 0;
  if (one === null || other === null) return one === null ? -1 : 1;
  return typeof one === 'string' || typeof other === 'string' ? compareTexts(String(one), String(other)) : one - other;
}
