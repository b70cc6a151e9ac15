import { QUOTAS, type QuotaName, type ServerUse } from '../limits/quotas.ts';

/** Quotas that later microversions do not have, with the last microversion that has them. */
const LAST_MINOR: Readonly<Partial<Record<QuotaName, number>>> = {
  fixed_ips: 35,
  floating_ips: 35,
  security_groups: 35,
  security_group_rules: 35,
  injected_files: 56,
  injected_file_content_bytes: 56,
  injected_file_path_bytes: 56,
};

function quotaSet(projectId: string, minor: number, value: (name: QuotaName) => unknown): object {
  const names = (Object.keys(QUOTAS) as QuotaName[]).filter((name) => minor <= (LAST_MINOR[name] ?? minor));
  return { quota_set: { id: projectId, ...Object.fromEntries(names.map((name) => [name, value(name)])) } };
}

/** `{quota_set}` of a project. @param minor - microversion. */
export const presentQuotas = (projectId: string, minor: number): object =>
  quotaSet(projectId, minor, (name) => QUOTAS[name]);

/** `{quota_set}` of a project with its use. @param minor - microversion. */
export const presentQuotaDetail = (projectId: string, use: ServerUse, minor: number): object =>
  quotaSet(projectId, minor, (name) => ({
    in_use: name in use ? use[name as keyof ServerUse] : 0,
    limit: QUOTAS[name],
    reserved: 0,
  }));
