/**
 * Project quotas. Like the real service, most requests are checked against the current usage alone, so that one request
 * may exceed a quota.
 */
import { MEBIBYTE } from '../../base/size.ts';
import type { Caller } from '../caller.ts';
import type { ImageStore } from '../image-store/image-store.ts';
import type { Usage } from '../image-store/shared-base.ts';
import type { Limits } from '../limits.ts';
import { DomainError, type Problem } from '../problem.ts';

/** What project quotas count. */
export type ProjectQuota = 'images' | 'uploads' | 'MiB' | 'staged MiB';

/** A quota that a project exceeds or would exceed. */
export type Excess = Extract<Problem, { readonly kind: 'too-many' }>;

/** What quotas use of their world. */
export interface QuotaDependencies {
  readonly store: ImageStore;
  readonly limits: () => Limits;
}

/** Whole MiB, as quotas count them. */
export const mebibytesOf = (bytes: number): number => Math.floor(bytes / MEBIBYTE);

interface Quota {
  maximum(limits: Limits): number | null | undefined;
  usage(usage: Usage): number;
}

const QUOTAS: Readonly<Record<ProjectQuota, Quota>> = {
  images: { maximum: ({ imageCountTotal }) => imageCountTotal, usage: ({ images }) => images },
  // The upload that is about to start counts, too.
  uploads: { maximum: ({ imageCountUploading }) => imageCountUploading, usage: ({ uploading }) => uploading + 1 },
  MiB: { maximum: ({ imageSizeTotal }) => inMebibytes(imageSizeTotal), usage: ({ bytes }) => mebibytesOf(bytes) },
  'staged MiB': {
    maximum: ({ imageStageTotal }) => inMebibytes(imageStageTotal),
    usage: ({ stagedBytes }) => mebibytesOf(stagedBytes),
  },
};

const inMebibytes = (bytes: number | null | undefined): number | null => (bytes == null ? null : mebibytesOf(bytes));

/** An addition to the usage of a project. */
export interface QuotaUse {
  readonly projectId: string;
  readonly what: ProjectQuota;
  /** Default: 0, which checks whether the quota is exceeded already. */
  readonly delta?: number;
}

/** The excess that this use of a quota causes; `undefined` if it fits. */
export function excessOf(
  { store, limits }: QuotaDependencies,
  { projectId, what, delta = 0 }: QuotaUse,
): Excess | undefined {
  const quota = QUOTAS[what];
  const maximum = quota.maximum(limits()) ?? null;
  if (maximum === null) return undefined;
  const usage = quota.usage(store.usage(projectId));
  const attempted = usage + delta;
  if (attempted <= maximum) return undefined;
  return { kind: 'too-many', what, attempted, maximum, of: { projectId, usage, delta } };
}

/** What a project uses of a quota, and its maximum; `null` if it is unlimited. */
export function quotaOf(
  { store, limits }: QuotaDependencies,
  { projectId, what }: Pick<QuotaUse, 'projectId' | 'what'>,
): { readonly usage: number; readonly maximum: number | null } {
  const { maximum, usage } = QUOTAS[what];
  return { usage: usage(store.usage(projectId)), maximum: maximum(limits()) ?? null };
}

/** Checks the quotas of a project. @throws DomainError `too-many` for the first of these quotas that is exceeded. */
export function checkQuotas(
  dependencies: QuotaDependencies,
  { projectId }: Caller,
  ...quotas: readonly ProjectQuota[]
): void {
  for (const what of quotas) {
    const excess = excessOf(dependencies, { projectId, what });
    if (excess !== undefined) throw new DomainError(excess);
  }
}
