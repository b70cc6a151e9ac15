import type { Excess, ProjectQuota } from '../../domain/images/quotas.ts';

/** Names of the quotas in Keystone's unified limits. */
const RESOURCES: Readonly<Record<ProjectQuota, string>> = {
  images: 'image_count_total',
  uploads: 'image_count_uploading',
  MiB: 'image_size_total',
  'staged MiB': 'image_stage_total',
};

/** Glance's message about an exceeded project quota, in responses and tasks; `undefined` for limits of one image. */
export function quotaText({ what, maximum, of }: Excess): string | undefined {
  if (of === undefined) return undefined;
  const { projectId, usage, delta } = of;
  const resource = RESOURCES[what as ProjectQuota];
  return (
    'The request returned a 413 Request Entity Too Large. This generally means that rate limiting or a quota threshold ' +
    `was breached.\n\nThe response body:\nProject ${projectId} is over a limit for [Resource ${resource} is over limit ` +
    `of ${maximum} due to current usage ${usage} and delta ${delta}]`
  );
}
