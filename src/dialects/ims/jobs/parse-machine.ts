import type { Json } from '../../../base/json.ts';
import { DEFAULT_OS_VERSION, isListedOsVersion, osVersionOf } from '../os-versions/os-versions.ts';
import { ImsError, textIn } from '../wire.ts';

type Properties = Readonly<Record<string, string>>;

/** The value of `virtual_env_type` for each `type` of a request. */
const ENVIRONMENTS: Properties = {
  ECS: 'FusionCompute',
  FusionCompute: 'FusionCompute',
  BMS: 'Ironic',
  Ironic: 'Ironic',
  IsoImage: 'IsoImage',
  DataImage: 'DataImage',
};

/** Values of `type` for an image of a system disk. */
export const SERVER_TYPES = ['ECS', 'BMS', 'FusionCompute', 'Ironic'];

/**
 * Parses the kind of server that the image is for, as the value of its `virtual_env_type`.
 * @param allowed - values of `type` that the operation accepts; the first is the default.
 * @throws ImsError IMG.0024.
 */
export function parseEnvironment(body: Json, allowed: readonly string[]): string {
  const type = textIn(body, 'type') ?? allowed[0] ?? 'ECS';
  if (!allowed.includes(type)) throw new ImsError('IMG.0024', `type must be one of ${allowed.join(', ')}.`);
  return ENVIRONMENTS[type] as string;
}

/**
 * Validates the full name of an operating system: a listed one, or a known platform with `32bit` or `64bit` at the end, because
 * the provider adds new versions all the time.
 * @throws ImsError IMG.0056.
 */
export function checkOsVersion(version: string): string {
  if (isListedOsVersion(version)) return version;
  if (osVersionOf(version).platform === 'Other' || !/ (?:32|64) ?bit$/.test(version)) {
    throw new ImsError('IMG.0056', `There is no operating system ${version}.`);
  }
  return version;
}

/**
 * Parses the required operating system of an image to its properties.
 * @throws ImsError IMG.0056.
 */
export const osProperties = (body: Json): Properties => ({
  __os_version: checkOsVersion(textIn(body, 'os_version') ?? ''),
});

/**
 * Parses the optional operating system of an image to its properties.
 * @throws ImsError IMG.0056.
 */
export const osPropertiesOrDefault = (body: Json): Properties =>
  textIn(body, 'os_version') === undefined ? { __os_version: DEFAULT_OS_VERSION } : osProperties(body);

/**
 * Parses the operating system that a data disk is for.
 * @throws ImsError IMG.0122.
 */
export function parseDataOsType(body: Json): 'Linux' | 'Windows' {
  const type = textIn(body, 'os_type') ?? 'Linux';
  if (type !== 'Linux' && type !== 'Windows') throw new ImsError('IMG.0122', 'os_type must be Linux or Windows.');
  return type;
}

/** Properties of the image of a data disk. */
export const dataDiskProperties = (osType: string): Properties => ({
  virtual_env_type: 'DataImage',
  __os_type: osType,
});

/**
 * Parses the required processor architecture and firmware to properties.
 * @throws ImsError IMG.0141, IMG.0212, IMG.0035.
 */
export function machineProperties(body: Json): Properties {
  const firmware = textIn(body, 'hw_firmware_type');
  if (firmware !== undefined && firmware !== 'bios' && firmware !== 'uefi') throw new ImsError('IMG.0141');
  const architecture = textIn(body, 'architecture') ?? 'x86';
  if (architecture !== 'x86' && architecture !== 'arm') throw new ImsError('IMG.0212');
  if (architecture === 'x86') return firmware === undefined ? {} : { hw_firmware_type: firmware };
  if (firmware === 'bios') throw new ImsError('IMG.0035', 'Servers of arm boot by uefi alone.');
  return { hw_firmware_type: 'uefi', __support_arm: 'true' };
}

/** Parses whether the service configures the system at its first start to properties. */
export function initProperties(body: Json): Properties {
  const isConfigured = body['is_config'] ?? body['is_config_init'];
  return isConfigured === undefined ? {} : { __is_config_init: String(isConfigured) };
}
