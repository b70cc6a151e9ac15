import type { Comparison, EqualityKey } from '../../../domain/image-store/image-query.ts';
import { MEMBER_STATUSES, type MemberStatus } from '../../../domain/member.ts';
import { FAILED, GlanceError } from '../errors.ts';
import type { ListDraft, ParseParameter } from './query.ts';
import { isRepresentable, parseIsoTime, parseStrictTime } from './times.ts';
import { badRequest, splitOperator, type ValueRules } from './values.ts';

/** Parsers by parameter. */
export type Parameters = Readonly<Record<string, ParseParameter>>;

const forEach = (keys: Readonly<Record<string, EqualityKey>>, parse: (key: EqualityKey) => ParseParameter) =>
  Object.fromEntries(Object.entries(keys).map(([name, key]) => [name, parse(key)]));

/** Compares attributes with the texts of the values. */
export const textFilters = (
  keys: Readonly<Record<string, EqualityKey>>,
  texts: ValueRules['texts'] = (text) => [text],
): Parameters =>
  forEach(keys, (key) => (draft, value) => {
    draft.equal[key] = texts(value);
  });

/** Compares attributes with the numbers of the values. */
export const numberFilters = (keys: Readonly<Record<string, EqualityKey>>, number: ValueRules['number']): Parameters =>
  forEach(keys, (key) => (draft, value) => {
    draft.equal[key] = [number(value)];
  });

/** Accepts the parameter and does nothing with it. */
export const ignore: ParseParameter = () => undefined;

/** Fails once all parameters are parsed, as the service does for names that are not columns of its image table. */
export const fail: ParseParameter = (draft) => {
  draft.isFailing = true;
};

/** Accepts the number of images of a page. */
export const limit =
  ({ integer }: ValueRules): ParseParameter =>
  (draft, value) => {
    const parsed = integer(value);
    if (parsed === undefined) throw badRequest('limit param must be an integer');
    if (parsed < 0) throw badRequest('limit param must be positive');
    draft.limit = parsed;
  };

/** Accepts the id of the image after which the page starts. */
export const marker: ParseParameter = (draft, value) => {
  draft.filters.marker = value;
};

/** Requires all tags of the request. */
export const tag: ParseParameter = (draft) => {
  draft.filters.tags = draft.parameters.getAll('tag');
};

/**
 * The `tags` parameter, which the service takes for its own list of tags if there is no `tag`: each character is then a tag, and a
 * second value fails.
 */
export const tagCharacters: ParseParameter = (draft, value, name) => {
  if (draft.parameters.has('tag')) return;
  if (draft.parameters.getAll(name).length > 1) draft.isFailing = true;
  draft.filters.tags = [...value];
};

/** Filters by visibility; `all` does not filter. */
export const visibility =
  (allowed: readonly string[]): ParseParameter =>
  (draft, value) => {
    if (!allowed.includes(value)) throw badRequest(`Invalid visibility value: ${value}`);
    draft.visibility = value;
    if (value !== 'all') draft.equal.visibility = [value];
  };

/** Filters shared images by the status of the caller's membership. */
export const memberStatus: ParseParameter = (draft, value) => {
  if (value !== 'all' && !(MEMBER_STATUSES as readonly string[]).includes(value)) {
    throw badRequest(`Invalid status: ${value}`);
  }
  draft.memberStatus = value as MemberStatus | 'all';
};

/**
 * Filters by a boolean attribute.
 * @param isCaseless - whether `True` and `TRUE` are accepted.
 */
export const booleanFilter =
  (key: EqualityKey, isCaseless = false): ParseParameter =>
  (draft, value, name) => {
    const known = isCaseless ? value.toLowerCase() : value;
    if (known !== 'true' && known !== 'false') {
      throw badRequest(`Invalid value '${value}' for '${name}' filter. Valid values are 'true' or 'false'.`);
    }
    draft.equal[key] = [known === 'true'];
  };

/** `size_min` and `size_max`. */
export const sizeBounds = ({ integer, bound }: ValueRules): Parameters => {
  const parse =
    (key: 'sizeAtLeast' | 'sizeAtMost'): ParseParameter =>
    (draft, value) => {
      const parsed = integer(value);
      if (parsed === undefined) throw badRequest('Unable to filter on a range with a non-numeric value.');
      draft.filters[key] = bound(value, parsed);
    };
  return { size_min: parse('sizeAtLeast'), size_max: parse('sizeAtMost') };
};

/** A comparison with a time. */
interface TimeCondition {
  readonly operator: string;
  readonly time: number;
}

const COMPARISONS: readonly string[] = ['gt', 'gte', 'eq', 'neq', 'lt', 'lte'] satisfies readonly Comparison[];

const badTime = (name: string): GlanceError =>
  badRequest(`Bad "${name}" query filter format. Use ISO 8601 DateTime notation.`);

const unknownOperator = (): GlanceError => badRequest('Unable to filter on a unknown operator.');

const timeFilters = (parse: (name: string, value: string) => TimeCondition): Parameters => {
  const filter =
    (key: 'createdAt' | 'updatedAt'): ParseParameter =>
    (draft, value, name) => {
      const { operator, time } = parse(name, value);
      draft.times.push({ key, comparison: operator as Comparison, time });
    };
  return { created_at: filter('createdAt'), updated_at: filter('updatedAt') };
};

/** `created_at` and `updated_at` in any ISO 8601 notation; an invalid time is reported before an unknown operator. */
export const ISO_TIME_FILTERS = timeFilters((name, value) => {
  const { operator, operand } = splitOperator(value);
  const time = parseIsoTime(operand);
  if (time === undefined) throw badTime(name);
  if (!isRepresentable(time)) throw new GlanceError(500, FAILED);
  if (!COMPARISONS.includes(operator)) throw unknownOperator();
  return { operator, time };
});

/** `created_at` and `updated_at` in the usual notation; an unknown operator is reported before an invalid time. */
export const STRICT_TIME_FILTERS = timeFilters((name, value) => {
  const colon = value.indexOf(':');
  const prefix = value.slice(0, Math.max(colon, 0));
  const hasOperator = colon !== -1 && !/^\d/.test(prefix);
  if (hasOperator && !COMPARISONS.includes(prefix)) throw unknownOperator();
  const time = parseStrictTime(hasOperator ? value.slice(colon + 1) : value);
  if (time === undefined) throw badTime(name);
  return { operator: hasOperator ? prefix : 'eq', time };
});

/** Parses the first value of a parameter, if the request has one. */
export const onFirst =
  (name: string, parse: ParseParameter) =>
  (draft: ListDraft): void => {
    const value = draft.parameters.get(name);
    if (value !== null) parse(draft, value, name);
  };

/** Parses the last value of a parameter, if the request has one. */
export const onLast =
  (name: string, parse: ParseParameter) =>
  (draft: ListDraft): void => {
    const value = draft.parameters.getAll(name).at(-1);
    if (value !== undefined) parse(draft, value, name);
  };
