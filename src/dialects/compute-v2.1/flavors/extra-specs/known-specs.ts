import { TRAITS } from './traits.ts';

/** The values that an extra spec takes. Limits are inclusive; a pattern matches the whole value. */
export type SpecValue =
  | { readonly kind: 'text'; readonly pattern?: string; readonly choices?: readonly string[] }
  | { readonly kind: 'integer'; readonly min?: number; readonly max?: number }
  | { readonly kind: 'boolean' };

const TEXT: SpecValue = { kind: 'text' };
const BOOLEAN: SpecValue = { kind: 'boolean' };
const INTEGER: SpecValue = { kind: 'integer' };
const AMOUNT: SpecValue = { kind: 'integer', min: 0 };
const POSITIVE: SpecValue = { kind: 'integer', min: 1 };
const oneOf = (...choices: readonly string[]): SpecValue => ({ kind: 'text', choices });
const like = (pattern: string): SpecValue => ({ kind: 'text', pattern });

const CPU_LIST = like(String.raw`\^?\d+((-\d+)?(,\^?\d+(-\d+)?)?)*`);
const SHARES_LEVEL = oneOf('custom', 'high', 'normal', 'low');

const HARDWARE: Readonly<Record<string, SpecValue>> = {
  'hw:cpu_realtime': BOOLEAN,
  'hw:cpu_realtime_mask': like(String.raw`(\^)?\d+((-\d+)?(,\^?\d+(-\d+)?)?)*`),
  'hw:hide_hypervisor_id': BOOLEAN,
  'hw:cpu_policy': oneOf('dedicated', 'shared', 'mixed'),
  'hw:cpu_thread_policy': oneOf('prefer', 'isolate', 'require'),
  'hw:emulator_threads_policy': oneOf('isolate', 'share'),
  'hw:cpu_dedicated_mask': CPU_LIST,
  'hw:mem_page_size': like(String.raw`(large|small|any|\d+([kKMGT]i?)?(b|bit|B)?)`),
  'hw:locked_memory': BOOLEAN,
  'hw:numa_nodes': POSITIVE,
  'hw:pci_numa_affinity_policy': oneOf('required', 'preferred', 'legacy', 'socket'),
  'hw:cpu_sockets': POSITIVE,
  'hw:cpu_cores': POSITIVE,
  'hw:cpu_threads': POSITIVE,
  'hw:max_cpu_sockets': POSITIVE,
  'hw:max_cpu_cores': POSITIVE,
  'hw:max_cpu_threads': POSITIVE,
  'hw:boot_menu': BOOLEAN,
  'hw:vif_multiqueue_enabled': BOOLEAN,
  'hw:mem_encryption': BOOLEAN,
  'hw:pmem': like('([a-zA-Z0-9_]+(,)?)+'),
  'hw:pmu': BOOLEAN,
  'hw:serial_port_count': AMOUNT,
  'hw:tpm_model': oneOf('tpm-tis', 'tpm-crb'),
  'hw:tpm_version': oneOf('1.2', '2.0'),
  'hw:watchdog_action': oneOf('none', 'pause', 'poweroff', 'reset', 'disabled'),
  'hw:viommu_model': oneOf('intel', 'smmuv3', 'virtio', 'auto'),
  'hw:ephemeral_encryption': BOOLEAN,
  'hw:ephemeral_encryption_format': oneOf('plain', 'luks', 'luksv2'),
  'hw_rng:allowed': BOOLEAN,
  'hw_rng:rate_bytes': AMOUNT,
  'hw_rng:rate_period': AMOUNT,
  'hw_video:ram_max_mb': AMOUNT,
};

const QUOTAS: Readonly<Record<string, SpecValue>> = {
  ...Object.fromEntries(
    ['cpu', 'memory', 'disk_io', 'vif'].flatMap((resource) => [
      [`quota:${resource}_limit`, AMOUNT],
      [`quota:${resource}_reservation`, INTEGER],
      [`quota:${resource}_shares_level`, SHARES_LEVEL],
      [`quota:${resource}_shares_share`, AMOUNT],
    ]),
  ),
  ...Object.fromEntries(
    ['read', 'write', 'total'].flatMap((kind) => [
      [`quota:disk_${kind}_bytes_sec`, AMOUNT],
      [`quota:disk_${kind}_iops_sec`, AMOUNT],
    ]),
  ),
  ...Object.fromEntries(
    ['inbound', 'outbound'].flatMap((direction) =>
      ['average', 'peak', 'burst'].map((kind) => [`quota:vif_${direction}_${kind}`, AMOUNT]),
    ),
  ),
  'quota:cpu_shares': AMOUNT,
  'quota:cpu_period': AMOUNT,
  'quota:cpu_quota': INTEGER,
};

/** Facts about hosts; those with a filter take further names, each after a colon. */
const CAPABILITIES =
  'id uuid service_id host vcpus memory_mb local_gb vcpus_used memory_mb_used local_gb_used hypervisor_type hypervisor_version ' +
  'hypervisor_hostname free_ram_mb free_disk_gb current_workload running_vms disk_available_least host_ip mapped ' +
  'cpu_allocation_ratio ram_allocation_ratio disk_allocation_ratio total_usable_ram_mb total_usable_disk_gb disk_mb_used ' +
  'free_disk_mb vcpus_total num_instances num_io_ops failed_builds aggregates cell_uuid updated';
const FILTERED =
  'cpu_info|metrics|stats|numa_topology|supported_hv_specs|pci_device_pools|nodename|pci_stats|supported_instances|limits|instances';

const RESOURCES =
  'VCPU|MEMORY_MB|DISK_GB|PCI_DEVICE|SRIOV_NET_VF|NUMA_SOCKET|NUMA_CORE|NUMA_THREAD|NUMA_MEMORY_MB|IPV4_ADDRESS|VGPU|' +
  'VGPU_DISPLAY_HEAD|NET_BW_EGR_KILOBIT_PER_SEC|NET_BW_IGR_KILOBIT_PER_SEC|PCPU|MEM_ENCRYPTION_CONTEXT|FPGA|PGPU|' +
  'NET_PACKET_RATE_KILOPACKET_PER_SEC|NET_PACKET_RATE_EGR_KILOPACKET_PER_SEC|NET_PACKET_RATE_IGR_KILOPACKET_PER_SEC|CUSTOM_[A-Z0-9_]+';

/** Extra specs with a fixed name. */
const BY_NAME: ReadonlyMap<string, SpecValue> = new Map(
  Object.entries<SpecValue>({
    ...HARDWARE,
    ...QUOTAS,
    ...Object.fromEntries(CAPABILITIES.split(' ').map((name) => [`capabilities:${name}`, TEXT])),
    'accel:device_profile': TEXT,
    hide_hypervisor_id: BOOLEAN,
    group_policy: oneOf('isolate', 'none'),
    'os:secure_boot': oneOf('disabled', 'required'),
    'os:resolution': oneOf('1024x768', '1280x1024', '1600x1200', '1920x1200', '2560x1600', '3840x2160'),
    'os:monitors': { kind: 'integer', min: 1, max: 8 },
    'os:vram': oneOf('64', '128', '256', '512', '1024'),
    'pci_passthrough:alias': like(String.raw`[^:]+:\d+(?:\s*,\s*[^:]+:\d+)*`),
    'vmware:hw_version': TEXT,
    'vmware:storage_policy': TEXT,
  }),
);

/** Extra specs whose name holds a number, a group or a name of the operator. */
const BY_PATTERN: readonly (readonly [pattern: RegExp, value: SpecValue])[] = [
  [/^aggregate_instance_extra_specs:.+$/, TEXT],
  [new RegExp(`^capabilities:(?:${FILTERED})(?::\\w+)*$`), TEXT],
  [/^hw:numa_cpus.\d+$/, CPU_LIST],
  [/^hw:numa_mem.\d+$/, POSITIVE],
  [new RegExp(`^resources[a-zA-Z0-9_-]{0,64}:(?:${RESOURCES})$`), INTEGER],
];

const TRAIT = /^trait[a-zA-Z0-9_-]{0,64}:(.+)$/;
const TRAIT_VALUE = oneOf('required', 'forbidden');

/** Beginnings of the names that Nova defines; other names can have any value. */
const NAMESPACE =
  /^(?:accel|aggregate_instance_extra_specs|capabilities|hw|hw_rng|hw_video|os|pci_passthrough|quota|resources[a-zA-Z0-9_-]{0,64}|trait[a-zA-Z0-9_-]{0,64}|vmware):/;

/** The values of an extra spec; `unknown` for a name that Nova does not define, `free` for names of operators. */
export function specValueOf(name: string): SpecValue | 'unknown' | 'free' {
  const known = BY_NAME.get(name) ?? BY_PATTERN.find(([pattern]) => pattern.test(name))?.[1];
  if (known !== undefined) return known;
  const trait = TRAIT.exec(name)?.[1];
  if (trait !== undefined && (TRAITS.has(trait) || /^CUSTOM_[A-Z0-9_]+$/.test(trait))) return TRAIT_VALUE;
  return NAMESPACE.test(name) ? 'unknown' : 'free';
}
