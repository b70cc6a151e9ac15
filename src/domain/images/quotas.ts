import { MEBIBYTE } from '../../base/size.ts';
/**
 * Quotas of projects, as the running service holds them against what is used: before something comes, and not against
 * what comes. One may therefore be passed once.
 */
import type { Caller } from '../caller.ts';
import type { ImageStore } from '../image-store/image-store.ts';
import type { Usage } from '../image-store/shared-base.ts';
import type { Limits } from '../limits.ts';
import { DomainError, type Problem } from '../problem.ts';

/** What of a project is counted. */
export type ProjectQuota = 'images' | 'uploads' | 'MiB' | 'staged MiB';

/** A quota that a project has passed, or would pass. */
export type Excess = Extract<Problem, { readonly kind: 'too-many' }>;

/** What counting needs of a world. */
export interface QuotaDependencies {
  readonly store: ImageStore;
  readonly limits: () => Limits;
}

/** Whole MiB, as quotas count them. */
export const mebibytesOf = (bytes: number): number => Math.floor(bytes / MEBIBYTE);

interface Counted {
  maximum(limits: Limits): number | null | undefined;
  usage(usage: Usage): number;
}

const QUOTAS: Readonly<Record<ProjectQuota, Counted>> = {
  images: { maximum: ({ imageCountTotal }) => imageCountTotal, usage: ({ images }) => images },
  // The one that is about to come counts already.
  uploads: { maximum: ({ imageCountUploading }) => imageCountUploading, usage: ({ uploading }) => uploading + 1 },
  MiB: { maximum: ({ imageSizeTotal }) => inMebibytes(imageSizeTotal), usage: ({ bytes }) => mebibytesOf(bytes) },
  'staged MiB': {
    maximum: ({ imageStageTotal }) => inMebibytes(imageStageTotal),
    usage: ({ stagedBytes }) => mebibytesOf(stagedBytes),
  },
};

const inMebibytes = (bytes: number | null | undefined): number | null => (bytes == null ? null : mebibytesOf(bytes));

/** What stands in the way of so many more, if something does. */
export function excessOf(
  { store, limits }: QuotaDependencies,
  { projectId }: Caller,
  what: ProjectQuota,
  delta = 0,
): Excess | undefined {
  const quota = QUOTAS[what];
  const maximum = quota.maximum(limits()) ?? null;
  if (maximum === null) return undefined;
  const usage = quota.usage(store.usage(projectId));
  const attempted = usage + delta;
  if (attempted <= maximum) return undefined;
  return { kind: 'too-many', what, attempted, maximum, of: { projectId, usage, delta } };
}

/** @throws DomainError `too-many` for the first of these quotas that is passed. */
export function checkQuotas(parts: QuotaDependencies, caller: Caller, ...quotas: readonly ProjectQuota[]): void {
  for (const what of quotas) {
    const excess = excessOf(parts, caller, what);
    if (excess !== undefined) throw new DomainError(excess);
  }
}

/** What the service that keeps quotas calls them. */
const RESOURCES: Readonly<Record<ProjectQuota, string>> = {
  images: 'image_count_total',
  uploads: 'image_count_uploading',
  MiB: 'image_size_total',
  'staged MiB': 'image_stage_total',
};

/** An excess in the words of the running service, as tasks tell it and answers repeat it. */
export function excessText({ what, maximum, of }: Excess): string | undefined {
  if (of === undefined) return undefined;
  const { projectId, usage, delta } = of;
  const resource = RESOURCES[what as ProjectQuota];
  return (
    'The request returned a 413 Request Entity Too Large. This generally means that rate limiting or a quota threshold ' +
    `was breached.\n\nThe response body:\nProject ${projectId} is over a limit for [Resource ${resource} is over limit ` +
    `of ${maximum} due to current usage ${usage} and delta ${delta}]`
  );
}
