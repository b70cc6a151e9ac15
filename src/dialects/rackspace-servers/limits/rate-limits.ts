import type { Cloud } from '../../../cloud.ts';
import type { Caller } from '../../../domain/caller.ts';
import { choiceOf } from '../profiles.ts';

const MILLISECONDS = { MINUTE: 60_000, DAY: 86_400_000 } as const;

/** A documented rate limit. */
interface Rate {
  readonly verb: string;
  readonly uri: string;
  /** Matches the path below the tenant. */
  readonly pattern: RegExp;
  readonly value: number;
  readonly unit: keyof typeof MILLISECONDS;
}

const RATES: readonly Rate[] = [
  { verb: 'GET', uri: '*', pattern: /.*/, value: 1000, unit: 'MINUTE' },
  { verb: 'POST', uri: '*', pattern: /.*/, value: 100, unit: 'MINUTE' },
  { verb: 'POST', uri: '/servers *', pattern: /^\/servers/, value: 1000, unit: 'DAY' },
  { verb: 'POST', uri: '/os-networksv2', pattern: /^\/os-networksv2/, value: 100, unit: 'DAY' },
];

/** Key of the counter of a project for one limit. */
const keyOf = (projectId: string, rate: Rate): string => `${RATES.indexOf(rate)} ${projectId}`;

/**
 * Counts a request against the documented limits. A request over a limit is not counted.
 * @param request.path - path below the tenant.
 * @returns when the project may send the next request, in milliseconds since 1970, for a request over a limit.
 */
export function spendRate(
  cloud: Cloud,
  { projectId }: Pick<Caller, 'projectId'>,
  request: { readonly method: string; readonly path: string },
): number | undefined {
  const { rateLimits } = cloud;
  const rates = RATES.filter(({ verb, pattern }) => verb === request.method && pattern.test(request.path));
  if (rates.length === 0) return undefined;
  for (const rate of rates) {
    const window = rateLimits.window(keyOf(projectId, rate));
    if (window === undefined || window.requests < rate.value) continue;
    if (choiceOf(cloud, 'rate-limits') === 'counted') return window.endsAt;
  }
  for (const rate of rates) rateLimits.count(keyOf(projectId, rate), MILLISECONDS[rate.unit]);
  return undefined;
}

/** Presents the limits for `showLimits`, with the remaining requests of each. */
export function presentRates(cloud: Cloud, { projectId }: Pick<Caller, 'projectId'>): readonly object[] {
  const uris = [...new Set(RATES.map(({ uri }) => uri))];
  return uris.map((uri) => {
    const rates = RATES.filter((rate) => rate.uri === uri);
    return {
      uri,
      regex: rates[0]?.pattern.source.replaceAll('\\/', '/'),
      limit: rates.map((rate) => {
        const window = cloud.rateLimits.window(keyOf(projectId, rate));
        const remaining = Math.max(0, rate.value - (window?.requests ?? 0));
        const next = window !== undefined && remaining === 0 ? window.endsAt : cloud.clock.now();
        return {
          verb: rate.verb,
          value: rate.value,
          remaining,
          unit: rate.unit,
          'next-available': new Date(next).toISOString().replace(/\.\d+Z$/, 'Z'),
        };
      }),
    };
  });
}
