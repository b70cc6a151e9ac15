import type { QuotaName, Quotas } from '../../../domain/servers/quotas.ts';
import type { QuotaUse } from '../limits/quotas.ts';
import { classQuotaNames, quotaNames } from './names.ts';

const pick = (names: readonly QuotaName[], value: (name: QuotaName) => unknown): object =>
  Object.fromEntries(names.map((name) => [name, value(name)]));

/** `{quota_set}` of a project. @param minor - microversion. */
export const presentQuotas = (projectId: string, quotas: Quotas, minor: number): object => ({
  quota_set: { id: projectId, ...pick(quotaNames(minor), (name) => quotas[name]) },
});

/** `{quota_set}` after a change, which has no id. @param minor - microversion. */
export const presentChangedQuotas = (quotas: Quotas, minor: number): object => ({
  quota_set: pick(quotaNames(minor), (name) => quotas[name]),
});

/** Quotas of a project or user, and what it uses. */
export interface QuotaDetail {
  readonly projectId: string;
  readonly quotas: Quotas;
  readonly use: QuotaUse;
}

/** `{quota_set}` of a project with its use. @param minor - microversion. */
export const presentQuotaDetail = ({ projectId, quotas, use }: QuotaDetail, minor: number): object => ({
  quota_set: {
    id: projectId,
    ...pick(quotaNames(minor), (name) => ({
      in_use: name in use ? use[name as keyof QuotaUse] : 0,
      limit: quotas[name],
      reserved: 0,
    })),
  },
});

/** `{quota_class_set}` of a class; without its name after a change. @param minor - microversion. */
export const presentClassQuotas = (name: string | undefined, quotas: Quotas, minor: number): object => ({
  quota_class_set: {
    ...(name !== undefined && { id: name }),
    ...pick(classQuotaNames(minor), (quota) => quotas[quota]),
  },
});
