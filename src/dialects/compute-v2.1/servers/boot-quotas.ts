import type { Reply } from '../../../contract/contract.ts';
import type { OfferedFlavor } from '../../../domain/servers/flavors.ts';
import type { Quotas } from '../../../domain/servers/quotas.ts';
import type { Context } from '../../dialect.ts';
import { type QuotaUse, quotaUseOf } from '../limits/quotas.ts';
import { fault } from '../protocol/errors.ts';
import { ServerError } from '../protocol/server-error.ts';

/** What a request gives a server, as far as quotas limit its size. */
export interface QuotedItems {
  readonly metadata?: Readonly<Record<string, string>>;
  readonly personality?: readonly { readonly path?: string; readonly contents?: string }[];
}

const exceeds = (amount: number, limit: number): boolean => limit >= 0 && amount > limit;

/** A 403 for more or larger items than the quotas allow. */
export function checkItemQuotas({ metadata = {}, personality = [] }: QuotedItems, quotas: Quotas): Reply | undefined {
  // Nova fails on files without a path or contents.
  const isIncomplete = personality.some(({ path, contents }) => path === undefined || contents === undefined);
  if (isIncomplete) throw new ServerError('KeyError');
  const { metadata_items: items, injected_files: files } = quotas;
  const { injected_file_path_bytes: pathBytes, injected_file_content_bytes: contentBytes } = quotas;
  if (exceeds(Object.keys(metadata).length, items)) {
    return fault(403, `Maximum number of metadata items exceeds ${items}`);
  }
  if (exceeds(personality.length, files)) return fault(403, 'Personality file limit exceeded');
  const longestPath = Math.max(0, ...personality.map(({ path = '' }) => path.length));
  if (exceeds(longestPath, pathBytes)) return fault(403, `Personality file path exceeds maximum ${pathBytes}`);
  const largest = Math.max(0, ...personality.map(({ contents = '' }) => Buffer.from(contents, 'base64').length));
  return exceeds(largest, contentBytes)
    ? fault(403, `Personality file content exceeds maximum ${contentBytes}`)
    : undefined;
}

const BOOT_QUOTAS = ['cores', 'instances', 'ram'] as const;
type BootQuota = (typeof BOOT_QUOTAS)[number];

/** The least and the largest number of servers that a request accepts. */
interface Range {
  readonly least: number;
  readonly most: number;
}

/** The number of servers that the quotas of the project and of the user allow, or a 403 if it is less than the least number. */
export function numberWithinQuota({ cloud, caller }: Context, flavor: OfferedFlavor, range: Range): Reply | number {
  const { projectId, userId } = caller;
  const each = { cores: flavor.vcpus, instances: 1, ram: flavor.ramMebibytes };
  let number = range.most;
  for (const user of [undefined, userId]) {
    const quotas = cloud.quotas.of({ kind: 'project', projectId, userId: user });
    const use = quotaUseOf(cloud, projectId, user);
    const room = BOOT_QUOTAS.map((name) =>
      quotas[name] < 0 ? number : Math.floor((quotas[name] - use[name]) / each[name]),
    );
    number = Math.min(number, ...room);
    if (number < range.least) return exceeded({ quotas, use, each, range });
  }
  return number;
}

interface Excess {
  readonly quotas: Quotas;
  readonly use: QuotaUse;
  readonly each: Readonly<Record<BootQuota, number>>;
  readonly range: Range;
}

function exceeded({ quotas, use, each, range: { least, most } }: Excess): Reply {
  const names = BOOT_QUOTAS.filter((name) => exceeds(use[name] + most * each[name], quotas[name]));
  const all = (value: (name: BootQuota) => unknown): string => names.map(value).join(', ');
  const requested = (name: BootQuota): string =>
    name === 'instances' && least !== most ? `${least}-${most}` : String(most * each[name]);
  return fault(
    403,
    `Quota exceeded for ${all((name) => name)}: Requested ${all(requested)}, ` +
      `but already used ${all((name) => use[name])} of ${all((name) => quotas[name])} ${all((name) => name)}`,
  );
}
