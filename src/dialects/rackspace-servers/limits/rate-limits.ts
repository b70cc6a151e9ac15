import type { Cloud } from '../../../cloud.ts';
import type { Caller } from '../../../domain/caller.ts';
import { choiceOf } from '../profiles.ts';

const MILLISECONDS = { MINUTE: 60_000, DAY: 86_400_000 } as const;

/** One documented limit of calls. */
interface Rate {
  readonly verb: string;
  readonly uri: string;
  /** Holds the path below the tenant. */
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

/** A minute or day that is being counted; it begins with the first call. */
interface Span {
  endsAt: number;
  calls: number;
}

/** Spans by project and limit, for each identity of a world: a reset makes a new one, and with it they begin anew. */
const spans = new WeakMap<object, Map<string, Span>>();

function spanOf({ identity, clock }: Cloud, projectId: string, rate: Rate): Span | undefined {
  const span = spans.get(identity)?.get(`${projectId} ${RATES.indexOf(rate)}`);
  return span !== undefined && span.endsAt > clock.now() ? span : undefined;
}

/**
 * Counts a call against the documented limits.
 * @param path - below the tenant.
 * @returns when the caller may come back, in milliseconds since 1970, for a call past a limit; such a one is not counted.
 */
export function spendRate(
  cloud: Cloud,
  { projectId }: Pick<Caller, 'projectId'>,
  method: string,
  path: string,
): number | undefined {
  const rates = RATES.filter(({ verb, pattern }) => verb === method && pattern.test(path));
  if (rates.length === 0) return undefined;
  const isCounted = choiceOf(cloud, 'rate-limits') === 'counted';
  const full = rates.map((rate) => ({ rate, span: spanOf(cloud, projectId, rate) }));
  const past = full.find(({ rate, span }) => span !== undefined && span.calls >= rate.value);
  if (past?.span !== undefined && isCounted) return past.span.endsAt;
  let own = spans.get(cloud.identity);
  if (own === undefined) {
    own = new Map();
    spans.set(cloud.identity, own);
  }
  for (const { rate, span } of full) {
    if (span !== undefined) span.calls += 1;
    else {
      own.set(`${projectId} ${RATES.indexOf(rate)}`, { endsAt: cloud.clock.now() + MILLISECONDS[rate.unit], calls: 1 });
    }
  }
  return undefined;
}

/** The limits as `showLimits` tells them, with what is left of each. */
export function presentRates(cloud: Cloud, { projectId }: Pick<Caller, 'projectId'>): readonly object[] {
  const uris = [...new Set(RATES.map(({ uri }) => uri))];
  return uris.map((uri) => {
    const rates = RATES.filter((rate) => rate.uri === uri);
    return {
      uri,
      regex: rates[0]?.pattern.source.replaceAll('\\/', '/'),
      limit: rates.map((rate) => {
        const span = spanOf(cloud, projectId, rate);
        const remaining = Math.max(0, rate.value - (span?.calls ?? 0));
        const next = span !== undefined && remaining === 0 ? span.endsAt : cloud.clock.now();
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
