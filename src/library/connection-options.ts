import { didYouMean } from '../contract/nearest.ts';
import { DIALECT_NAMES } from '../dialects/dialect.ts';
import type { ConnectionOptions } from '../http/connections.ts';
import { parseDuration } from '../input/duration.ts';
import { InputError } from '../input/input-error.ts';

/** The options of `startSideglance` about connections. */
export interface ConnectionTimes {
  /**
   * Time after which idle connections are closed, such as `75s`, or `close` to close them after each response; also by
   * dialect: `{ identity: 'close' }`. 900 seconds when omitted, as in Glance.
   */
  readonly keepAlive?: string | Readonly<Record<string, string>>;
  /** Time in which a request must arrive completely, such as `5m`; no limit when omitted, as in Glance. */
  readonly requestTimeout?: string;
  /** Time in which the head of a request must arrive, such as `10s`; that of the whole request when omitted. */
  readonly headerTimeout?: string;
  /** Most bytes of a request line with its headers; 65,536 when omitted, as in Glance. */
  readonly maxHeaderSize?: number;
  /** Most open connections of each port; further ones are closed at once. No limit when omitted. */
  readonly maxConnections?: number;
}

/**
 * Converts the options about connections.
 * @throws InputError for an unknown API.
 */
export function connectionOptions(given: ConnectionTimes): ConnectionOptions {
  const { keepAlive, requestTimeout, headerTimeout, maxHeaderSize, maxConnections } = given;
  return {
    ...(typeof keepAlive === 'string' && { keepAlive: idleTime(keepAlive) }),
    ...(typeof keepAlive === 'object' && { keepAliveByDialect: idleTimes(keepAlive) }),
    ...(requestTimeout !== undefined && { requestTimeout: parseDuration(requestTimeout) }),
    ...(headerTimeout !== undefined && { headerTimeout: parseDuration(headerTimeout) }),
    ...(maxHeaderSize !== undefined && { maxHeaderSize }),
    ...(maxConnections !== undefined && { maxConnections }),
  };
}

/** Returns milliseconds; 0 for `close`. */
const idleTime = (text: string): number => (text === 'close' ? 0 : parseDuration(text));

function idleTimes(byDialect: Readonly<Record<string, string>>): Readonly<Record<string, number>> {
  const names: readonly string[] = DIALECT_NAMES;
  const issues = Object.keys(byDialect)
    .filter((name) => !names.includes(name))
    .map((name) => ({
      pointer: `/${name}`,
      message: `unknown API "${name}"${didYouMean(name, names)}`,
      found: name,
      allowed: names,
    }));
  if (issues.length > 0) throw new InputError('keepAlive', issues);
  return Object.fromEntries(Object.entries(byDialect).map(([name, text]) => [name, idleTime(text)]));
}
