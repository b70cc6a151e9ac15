import type { Caller } from '../../../domain/caller.ts';
import type { Audience, ImageQuery, Sort } from '../../../domain/image-store/image-query.ts';
import type { Limits } from '../../../domain/limits.ts';
import type { MemberStatus } from '../../../domain/member.ts';
import { FAILED, GlanceError } from '../errors.ts';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** A list query while its parameters are parsed. */
export interface ListDraft {
  readonly parameters: URLSearchParams;
  readonly equal: Mutable<NonNullable<ImageQuery['equal']>>;
  readonly filters: Mutable<Pick<ImageQuery, 'marker' | 'sizeAtLeast' | 'sizeAtMost' | 'tags'>>;
  readonly times: NonNullable<ImageQuery['times']>[number][];
  readonly properties: Map<string, readonly string[]>;
  limit: number;
  sort: readonly Sort[] | undefined;
  /** The `visibility` parameter, one of the rules' `visibilities`. */
  visibility: string | undefined;
  memberStatus: MemberStatus | 'all';
  /** Whether the service fails on the query. */
  isFailing: boolean;
}

/**
 * Parses one parameter into the draft.
 * @throws GlanceError for an invalid value.
 */
export type ParseParameter = (draft: ListDraft, value: string, name: string) => void;

/** How one API lists images. */
export interface ListRules {
  /** Parsers by parameter; any other parameter filters by the property of that name. */
  readonly parameters: Readonly<Record<string, ParseParameter>>;
  /** Parameters whose first value is parsed by `before`. Any further value filters by a property. */
  readonly singles?: ReadonlySet<string>;
  /** Steps before the parameters are parsed in the order of the request: their errors take precedence. */
  readonly before: readonly ((draft: ListDraft) => void)[];
  /** Steps after all parameters. */
  readonly after: readonly ((draft: ListDraft) => void)[];
  /** Whose images the caller sees. */
  audience(caller: Caller, draft: Pick<ListDraft, 'visibility' | 'memberStatus'>): Audience;
}

/** Size of a page. */
export interface PageSize {
  readonly default: number;
  readonly max: number;
}

/** Returns the page size that a world's limits set. */
export const pageSizeOf = ({ listDefault, listMost }: Limits): PageSize => ({ default: listDefault, max: listMost });

/** A request for a list of images. */
export interface ListRequest {
  readonly parameters: URLSearchParams;
  readonly caller: Caller;
  readonly pageSize: PageSize;
  /** Parses a parameter that only this API has. @returns whether the parameter was one. */
  take?(name: string, value: string): boolean;
}

/**
 * Parses the parameters of a list of images.
 * @throws GlanceError 400 for an invalid value, 500 for one on which the service fails.
 */
export function parseImageList({ parameters, caller, pageSize, take }: ListRequest, rules: ListRules): ImageQuery {
  const draft = newDraft(parameters, pageSize);
  for (const step of rules.before) step(draft);
  for (const [name, value] of lastOfEach(parameters, rules.singles)) {
    if (take?.(name, value)) continue;
    const parse = Object.hasOwn(rules.parameters, name) ? rules.parameters[name] : undefined;
    if (parse === undefined) draft.properties.set(name, [value]);
    else parse(draft, value, name);
  }
  for (const step of rules.after) step(draft);
  if (draft.isFailing) throw new GlanceError(500, FAILED);
  const { equal, filters, times, properties, limit, sort } = draft;
  return {
    audience: rules.audience(caller, draft),
    equal,
    ...filters,
    ...(properties.size > 0 && { properties: Object.fromEntries(properties) }),
    ...(times.length > 0 && { times }),
    ...(sort !== undefined && { sort }),
    limit: Math.min(limit, pageSize.max),
  };
}

const newDraft = (parameters: URLSearchParams, pageSize: PageSize): ListDraft => ({
  parameters,
  equal: { isHidden: [false] },
  filters: {},
  times: [],
  properties: new Map(),
  limit: pageSize.default,
  sort: undefined,
  visibility: undefined,
  memberStatus: 'accepted',
  isFailing: false,
});

/** The parameters by name: the last value of a repeated one, at the position of the first. */
function lastOfEach(parameters: URLSearchParams, singles?: ReadonlySet<string>): ReadonlyMap<string, string> {
  if (singles === undefined) return new Map(parameters);
  const last = new Map<string, string>();
  const parsed = new Set<string>();
  for (const [name, value] of parameters) {
    if (singles.has(name) && !parsed.has(name)) parsed.add(name);
    else last.set(name, value);
  }
  return last;
}
