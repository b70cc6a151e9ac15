import { InvalidArgumentError, Option } from 'commander';
import { parseByteSize, parseDuration } from '../index.ts';

/** Default address of a running Sideglance. */
export const DEFAULT_URL = 'http://127.0.0.1:9292';

/** Values of an environment variable that leave a switch off. */
const OFF = new Set(['', '0', 'false', 'no', 'off']);

/** Creates a flag with its `SIDEGLANCE_*` variable: `--journal-size` is `SIDEGLANCE_JOURNAL_SIZE`. */
export function flag(flags: string, description: string): Option {
  const option = new Option(flags, description);
  const name = option.long?.replace(/^--/, '') ?? '';
  const variable = `SIDEGLANCE_${name.replaceAll('-', '_').toUpperCase()}`;
  // Commander turns a switch on whenever its variable is set, regardless of its value.
  const isOff = option.isBoolean() && OFF.has(process.env[variable]?.toLowerCase() ?? 'unset');
  return isOff ? option : option.env(variable);
}

/**
 * Creates a flag without a variable: one whose name means something else in `serve`, so that the variables of a server do not change
 * what other commands do, or one that several commands have with other values.
 */
export const ownFlag = (flags: string, description: string): Option => new Option(flags, description);

/** Parses a port, 0 to 65535. */
export function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('It must be 0 to 65535.');
  return port;
}

/** Parses a duration above 0. Returns milliseconds. */
export function parseMilliseconds(text: string): number {
  const milliseconds = parseDuration(parseDurationText(text));
  if (milliseconds === 0) throw new InvalidArgumentError('It must be more than 0.');
  return milliseconds;
}

/** Parses a whole number, 0 or more. */
export function parseCount(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(count)) {
    throw new InvalidArgumentError('It must be a whole number, 0 or more.');
  }
  return count;
}

/** Parses a whole number, 1 or more. */
export function parseSize(text: string): number {
  if (!/^0*[1-9]\d*$/.test(text) || !Number.isSafeInteger(Number(text))) {
    throw new InvalidArgumentError('It must be a whole number, 1 or more.');
  }
  return Number(text);
}

/** Parses a number of bytes, or a number with a unit. */
export function parseBytes(text: string): number {
  const bytes = parseByteSize(text);
  if (bytes === undefined) throw new InvalidArgumentError('It must be bytes, or a number with a unit: 512MiB, 2TiB.');
  return bytes;
}

/** Parses a number of bytes, a number with a unit, or `off`. */
export const parseBytesOrOff = (text: string): number | 'off' => (text === 'off' ? 'off' : parseBytes(text));

/** Parses `on` or `off`. */
export function parseOnOrOff(text: string): boolean {
  if (text !== 'on' && text !== 'off') throw new InvalidArgumentError('It must be on or off.');
  return text === 'on';
}

/** Parses a time in ISO 8601. */
export function parseTime(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}T/.test(text) || Number.isNaN(Date.parse(text))) {
    throw new InvalidArgumentError('It must be a time such as 2026-11-21T12:00:00Z.');
  }
  return text;
}

/** Parses an address; removes trailing slashes. */
export function parseUrl(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new InvalidArgumentError('It must be an address such as http://127.0.0.1:9292.');
  }
  return text.replace(/\/+$/, '');
}

/** Parses a percentage, 0 to 100. */
export function parsePercent(text: string): number {
  const percent = Number(text);
  if (text === '' || !(percent >= 0 && percent <= 100)) throw new InvalidArgumentError('It must be 0 to 100.');
  return percent;
}

/** Parses ports by API: `image-v2=9292,identity=5000`. */
export function parseListen(text: string): Readonly<Record<string, number>> {
  const ports: Record<string, number> = {};
  for (const part of text.split(',')) {
    const [, name, port] = /^\s*([^=\s]+)=(\d+)\s*$/.exec(part) ?? [];
    if (name === undefined || port === undefined) {
      throw new InvalidArgumentError(`"${part}" is not API=PORT, as in image-v2=9292,identity=5000.`);
    }
    if (ports[name] !== undefined) throw new InvalidArgumentError(`${name} is given twice.`);
    ports[name] = parsePort(port);
  }
  return ports;
}

const TIME = /^(\d+(\.\d+)?(ms|s|m|h|d))+$/;

/** Parses a duration, such as `5m`. */
export function parseDurationText(text: string): string {
  if (!TIME.test(text)) throw new InvalidArgumentError('It must be a duration such as 75s or 5m.');
  return text;
}

/** Parses the idle time of connections, or those of single APIs: `75s`, `close`, `identity=close,ims=60s`. */
export function parseKeepAlive(text: string): string | Readonly<Record<string, string>> {
  const isTime = (time: string): boolean => time === 'close' || TIME.test(time);
  if (isTime(text)) return text;
  const times: Record<string, string> = {};
  for (const part of text.split(',')) {
    const [name = '', time = '', ...rest] = part.trim().split('=');
    if (name === '' || !isTime(time) || rest.length > 0) {
      throw new InvalidArgumentError(`"${part}" is not a time such as 75s, close, or API=TIME as in identity=close.`);
    }
    if (times[name] !== undefined) throw new InvalidArgumentError(`${name} is given twice.`);
    times[name] = time;
  }
  return times;
}

/** Parses one value, or values by name: `expired`, `identity=expired,image-v2=wrong-host`. */
export function parseByName(text: string): string | Readonly<Record<string, string>> {
  if (!text.includes('=')) return text;
  const byName: Record<string, string> = {};
  for (const part of text.split(',')) {
    const [name = '', value = '', ...rest] = part.trim().split('=');
    if (name === '' || value === '' || rest.length > 0) {
      throw new InvalidArgumentError(`"${part}" is not NAME=VALUE, as in identity=expired.`);
    }
    if (byName[name] !== undefined) throw new InvalidArgumentError(`${name} is given twice.`);
    byName[name] = value;
  }
  return byName;
}

/** Collects a repeated flag and comma-separated lists. */
export const parseList = (text: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  ...text.split(',').filter((part) => part !== ''),
];

/** Parses a port, or `off`. */
export function parsePortOrOff(text: string): number | 'off' {
  if (text === 'off') return 'off';
  try {
    return parsePort(text);
  } catch {
    throw new InvalidArgumentError('It must be 0 to 65535, or off.');
  }
}

/** The flag for fixture files. @param create - `ownFlag` for a command that does not start a server. */
export const fixturesFlag = (create: typeof flag = flag) =>
  create(
    '--fixtures <path...>',
    'fixture files or directories, or shipped fixtures: default, suites, locations',
  ).argParser(parseList);
/** The flag for scenario files. */
export const scenariosFlag = () =>
  flag('--scenarios <path...>', 'scenario files or directories, in addition to the shipped ones').argParser(parseList);

/** The flag for the address of a running Sideglance. */
export const urlFlag = () =>
  flag('--url <address>', 'address of the running Sideglance').default(DEFAULT_URL).argParser(parseUrl);
/** The flag for the file with the authority that clients have to trust. */
export const tlsCaFlag = () =>
  flag('--tls-ca <file>', 'file of the authority that clients trust; by default in the directory for temporary files');
/** The flag for a world. */
export const worldFlag = () => flag('--world <name>', 'name of the world').default('default');
/** The flag for the token of the admin API. */
export const tokenFlag = () => flag('--admin-token <token>', 'token of its admin API');

/** Flags about the server that a command starts for a client. */
interface ServerFlags {
  readonly fixtures: readonly string[] | undefined;
  readonly scenarios: readonly string[] | undefined;
  readonly seed: string | undefined;
}

/** Returns the options of the server that a command starts for a client: those flags that are given. */
export const serverOf = ({ fixtures, scenarios, seed }: ServerFlags) => ({
  ...(fixtures !== undefined && { fixtures }),
  ...(scenarios !== undefined && { scenarios }),
  ...(seed !== undefined && { seed }),
});
