import { CERTIFICATE_KINDS } from '../base/certificate-kinds.ts';
import { isObject } from '../base/json.ts';
import { RELEASES } from '../base/release.ts';
import { didYouMean } from '../contract/nearest.ts';
import { DURATION_PATTERN, parseDuration } from '../input/duration.ts';
import { InputError, type InputIssue } from '../input/input-error.ts';
import { FSYNC_MODES } from '../persistence/document-log.ts';

/** Maximum of a timer in milliseconds. */
const MAX_TIMER = 2 ** 31 - 1;
const isTimerTime = (milliseconds: number): boolean => milliseconds > 0 && milliseconds <= MAX_TIMER;

interface Check {
  /** What is allowed, for error messages. */
  readonly allowed: string;
  isValid(value: unknown): boolean;
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);

const isPort = (value: unknown): boolean =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) < 65_536;
const isAddress = (value: unknown): boolean =>
  isText(value) && /^https?:/i.test(value as string) && URL.canParse(value as string);

const isDuration = (value: unknown): boolean =>
  typeof value === 'string' && new RegExp(DURATION_PATTERN).test(value) && isTimerTime(parseDuration(value));
const isKeepAlive = (value: unknown): boolean => value === 'close' || isDuration(value);

const port: Check = { allowed: '0 to 65535', isValid: isPort };
const text: Check = { allowed: 'text', isValid: isText };
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
const positive: Check = { allowed: 'a whole number, 1 or more', isValid: (value) => isCount(value) && value !== 0 };
const paths: Check = { allowed: 'a path or a list of paths', isValid: (value) => isText(value) || isTexts(value) };

const isRelease = (value: unknown): boolean => (RELEASES as readonly string[]).includes(String(value));

/** The options of `startSideglance`. The content of fixtures, clocks and port lists is checked where it is read. */
const OPTIONS: Readonly<Record<string, Check>> = {
  port,
  host: text,
  listen: {
    allowed: 'ports by API',
    isValid: (value) => isObject(value) && Object.values(value as object).every(isPort),
  },
  fixtures: { allowed: 'paths, or fixtures', isValid: (value) => paths.isValid(value) || isObject(value) },
  fixtureFolders: { allowed: 'a list of folders', isValid: isTexts },
  scenarios: paths,
  seed: { allowed: 'text or a number', isValid: (value) => typeof value === 'string' || Number.isFinite(value) },
  release: { allowed: RELEASES.join(', '), isValid: isRelease },
  clock: { allowed: 'a time, or a change of the clock', isValid: (value) => isText(value) || isObject(value) },
  state: text,
  fsync: { allowed: FSYNC_MODES.join(', '), isValid: (value) => (FSYNC_MODES as readonly unknown[]).includes(value) },
  tls: { allowed: 'true, false, or an object', isValid: (value) => typeof value === 'boolean' || isObject(value) },
  externalUrl: { allowed: 'an address such as http://127.0.0.1:9292', isValid: isAddress },
  trustProxy: { allowed: 'true, false', isValid: (value) => typeof value === 'boolean' },
  journalSize: { allowed: 'a whole number, 0 or more', isValid: isCount },
  journalBodies: { allowed: 'a number of bytes, or "off"', isValid: (value) => value === 'off' || isCount(value) },
  journalWorldMemory: positive,
  journalMemory: positive,
  journalSecrets: { allowed: 'true, false', isValid: (value) => typeof value === 'boolean' },
  onLoading: { allowed: 'a function', isValid: (value) => typeof value === 'function' },
  onAdminRequest: { allowed: 'a function', isValid: (value) => typeof value === 'function' },
  onRequest: { allowed: 'a function', isValid: (value) => typeof value === 'function' },
  coverage: { allowed: 'true, false', isValid: (value) => typeof value === 'boolean' },
  keepAlive: {
    allowed: 'a duration such as 75s, close, or these by API',
    isValid: (value) => isKeepAlive(value) || (isObject(value) && Object.values(value as object).every(isKeepAlive)),
  },
  requestTimeout: { allowed: 'a duration such as 5m', isValid: isDuration },
  headerTimeout: { allowed: 'a duration such as 10s', isValid: isDuration },
  maxHeaderSize: positive,
  maxConnections: positive,
  importHosts: { allowed: 'a list of hosts', isValid: isTexts },
  importTimeout: { allowed: 'a duration such as 5m', isValid: isDuration },
  importMaxSize: positive,
  admin: { allowed: 'false, or an object', isValid: (value) => value === false || isObject(value) },
};

const isOrigin = (value: unknown): boolean => isAddress(value) && new URL(value as string).pathname === '/';
const ADMIN: Readonly<Record<string, Check>> = {
  token: text,
  port,
  origins: {
    allowed: 'a list of origins such as http://localhost:5173',
    isValid: (value) => Array.isArray(value) && value.every(isOrigin),
  },
};

const isKind = (value: unknown): boolean => (CERTIFICATE_KINDS as readonly unknown[]).includes(value);
const TLS: Readonly<Record<string, Check>> = {
  cert: text,
  key: text,
  ca: text,
  hosts: { allowed: 'a list of host names', isValid: isTexts },
  certificate: {
    allowed: `${CERTIFICATE_KINDS.join(', ')}, or these by port`,
    isValid: (value) => isKind(value) || isObject(value),
  },
};

/**
 * Checks the names and types of options, for callers that do not use TypeScript.
 * @throws InputError with all issues.
 */
export function checkOptions(options: object): void {
  const { admin, tls } = options as { readonly admin?: unknown; readonly tls?: unknown };
  const issues = [
    ...issuesOf(options, OPTIONS, ''),
    ...(isObject(admin) ? issuesOf(admin as object, ADMIN, '/admin') : []),
    ...(isObject(tls) ? issuesOf(tls as object, TLS, '/tls') : []),
  ];
  if (issues.length > 0) throw new InputError('options', issues);
}

function issuesOf(options: object, checks: Readonly<Record<string, Check>>, place: string): readonly InputIssue[] {
  return Object.entries(options).flatMap(([name, value]): readonly InputIssue[] => {
    const pointer = `${place}/${name}`;
    const check = checks[name];
    if (check === undefined) {
      const names = Object.keys(checks);
      const message = `unknown option "${name}"${didYouMean(name, names)}`;
      return [{ pointer, message, found: value, allowed: names }];
    }
    if (value === undefined || check.isValid(value)) return [];
    return [{ pointer, message: 'is not valid', found: value, allowed: check.allowed }];
  });
}
