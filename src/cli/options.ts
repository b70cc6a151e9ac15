import { InvalidArgumentError, Option } from 'commander';
import { parseByteSize } from '../index.ts';

/** Where a running Sideglance is looked for. */
export const DEFAULT_URL = 'http://127.0.0.1:9292';

/** What the variable of a switch says to leave it off. */
const OFF = new Set(['', '0', 'false', 'no', 'off']);

/** A flag with its `SIDEGLANCE_*` variable: `--journal-size` is `SIDEGLANCE_JOURNAL_SIZE`. */
export function flag(flags: string, description: string): Option {
  const option = new Option(flags, description);
  const name = option.long?.replace(/^--/, '') ?? '';
  const variable = `SIDEGLANCE_${name.replaceAll('-', '_').toUpperCase()}`;
  // Commander turns a switch on wherever its variable is set, whatever that says.
  const isOff = option.isBoolean() && OFF.has(process.env[variable]?.toLowerCase() ?? 'unset');
  return isOff ? option : option.env(variable);
}

export function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('It must be 0 to 65535.');
  return port;
}

export function parseCount(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(count)) {
    throw new InvalidArgumentError('It must be a whole number, 0 or more.');
  }
  return count;
}

export function parseSize(text: string): number {
  if (!/^0*[1-9]\d*$/.test(text) || !Number.isSafeInteger(Number(text))) {
    throw new InvalidArgumentError('It must be a whole number, 1 or more.');
  }
  return Number(text);
}

/** Bytes, or a number with a unit. */
export function parseBytes(text: string): number {
  const bytes = parseByteSize(text);
  if (bytes === undefined) throw new InvalidArgumentError('It must be bytes, or a number with a unit: 512MiB, 2TiB.');
  return bytes;
}

export function parseTime(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}T/.test(text) || Number.isNaN(Date.parse(text))) {
    throw new InvalidArgumentError('It must be a time such as 2026-11-21T12:00:00Z.');
  }
  return text;
}

export function parseUrl(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new InvalidArgumentError('It must be an address such as http://127.0.0.1:9292.');
  }
  return text.replace(/\/+$/, '');
}

export function parsePercent(text: string): number {
  const percent = Number(text);
  if (text === '' || !(percent >= 0 && percent <= 100)) throw new InvalidArgumentError('It must be 0 to 100.');
  return percent;
}

/** `image-v2=9292,identity=5000`. */
export function parseListen(text: string): Readonly<Record<string, number>> {
  const ports: Record<string, number> = {};
  for (const part of text.split(',')) {
    const [, name, port] = /^\s*([^=\s]+)=(\d+)\s*$/.exec(part) ?? [];
    if (name === undefined || port === undefined) {
      throw new InvalidArgumentError(`"${part}" is not API=PORT, as in image-v2=9292,identity=5000.`);
    }
    if (ports[name] !== undefined) throw new InvalidArgumentError(`${name} is there twice.`);
    ports[name] = parsePort(port);
  }
  return ports;
}

/** Collects a flag given several times, and lists with commas. */
export const parseList = (text: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  ...text.split(',').filter((part) => part !== ''),
];

/** A port, or `off`. */
export function parsePortOrOff(text: string): number | 'off' {
  if (text === 'off') return 'off';
  try {
    return parsePort(text);
  } catch {
    throw new InvalidArgumentError('It must be 0 to 65535, or off.');
  }
}

/** Files that a world is made of, for the commands that load some. */
export const fixturesFlag = () =>
  flag('--fixtures <path...>', 'fixture files or directories; "default" names those that come along').argParser(
    parseList,
  );
export const scenariosFlag = () =>
  flag('--scenarios <path...>', 'scenario files or directories, beside those that come along').argParser(parseList);

/** Where to find a running one, for the commands that talk to it. */
export const urlFlag = () =>
  flag('--url <address>', 'address of the running Sideglance').default(DEFAULT_URL).argParser(parseUrl);
export const worldFlag = () => flag('--world <name>', 'the world that is meant').default('default');
export const tokenFlag = () => flag('--admin-token <token>', 'what its admin API asks for');
