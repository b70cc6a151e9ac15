import type { ClockChange } from '../admin/clock.ts';
import type { AdminObserver } from '../admin/index.ts';
import type { Release } from '../base/release.ts';
import type { LoadingListener } from '../input/loading.ts';
import type { Fixtures } from '../input/types/fixtures.ts';
import type { ReportedRequest } from '../journal/entry.ts';
import type { FsyncMode } from '../persistence/document-log.ts';
import type { ConnectionTimes } from './connection-options.ts';
import type { TlsOptions } from './tls.ts';

/** Options of `startSideglance`. */
export interface SideglanceOptions extends ConnectionTimes {
  /** 0, the default, picks a free port. */
  readonly port?: number;
  /** 127.0.0.1 when omitted. */
  readonly host?: string;
  /** Own ports for single APIs, by the names of `addresses`: `{ 'image-v2': 9292, identity: 5000 }`. */
  readonly listen?: Readonly<Record<string, number>>;
  /** Fixture files and directories, or the fixtures themselves; the default fixtures when omitted. */
  readonly fixtures?: string | readonly string[] | Fixtures;
  /**
   * Folders whose files requests to the admin API may name in fixtures, besides those of `fixtures`. Callers in the same process
   * may name any file.
   */
  readonly fixtureFolders?: readonly string[];
  /** Scenario files and directories, in addition to those in the package. */
  readonly scenarios?: string | readonly string[];
  /** Seed for generated ids and random choices. */
  readonly seed?: string | number;
  /** Release of the services of OpenStack: `zed`, `2025.1` or `2026.2`; that of the fixtures when omitted. */
  readonly release?: Release;
  /** A time (ISO 8601) at which the clock is frozen, or a change of the system clock; the system clock when omitted. */
  readonly clock?: string | ClockChange;
  /**
   * File that stores all worlds; in memory when omitted. Worlds that the file already contains take precedence over
   * fixtures, seed and clock.
   */
  readonly state?: string;
  /**
   * When changes in that file are written to the disk, so that they survive the end of the machine: before each response
   * (`always`), each second (`interval`, the default), or when the operating system does so (`never`).
   */
  readonly fsync?: FsyncMode;
  /** Serves HTTPS: `true` with a certificate of an authority that it creates, or with the given files. */
  readonly tls?: boolean | TlsOptions;
  /** The address that clients see, when it differs from the Host header. */
  readonly externalUrl?: string;
  /** Trust `X-Forwarded-Proto`, `-Host` and `-Prefix`. */
  readonly trustProxy?: boolean;
  /** Maximum number of journal entries for each world, 0 to turn the journal off; 1000 when omitted. */
  readonly journalSize?: number;
  /** Bytes of each request and response body that the journal stores, or `off`; 64 KiB when omitted. */
  readonly journalBodies?: number | 'off';
  /** Maximum memory of the journal of one world, in bytes; 32 MiB when omitted. */
  readonly journalWorldMemory?: number;
  /** Maximum memory of the journals of all worlds, in bytes; 256 MiB when omitted. */
  readonly journalMemory?: number;
  /** Show passwords, tokens and other secrets in the journal; they are redacted when omitted. */
  readonly journalSecrets?: boolean;
  /**
   * Called with each request to a doubled API once its response has been sent, even when the journal is off. Passwords and tokens
   * are redacted. It must not throw.
   */
  readonly onRequest?: (request: ReportedRequest) => void;
  /** Called with each request to the admin API over HTTP. It must not throw. */
  readonly onAdminRequest?: AdminObserver;
  /** Called before each step of loading fixtures. Large files take seconds for a step, in which the process does nothing else. */
  readonly onLoading?: LoadingListener;
  /** `false` turns coverage off; it is on when omitted. */
  readonly coverage?: boolean;
  /**
   * Hosts from which imports may download data, with a port where only that port is allowed (`mirror.example:8080`). This machine
   * is allowed as well unless other machines can reach the server.
   */
  readonly importHosts?: readonly string[];
  /** Time in which a download of an import must be complete, such as `5m`, the default. */
  readonly importTimeout?: string;
  /** Maximum size of a download of an import, in bytes; 1 GiB when omitted. */
  readonly importMaxSize?: number;
  /** The admin API over HTTP; `false` turns it off, except health and readiness. */
  readonly admin?: false | AdminOptions;
}

/** Options of the admin API. */
export interface AdminOptions {
  /** Token that requests must send as `Authorization: Bearer <token>`; generated when other machines can reach the server. */
  readonly token?: string;
  /** Own port of the admin API; 0 picks a free port. */
  readonly port?: number;
  /** Origins, such as `http://localhost:5173`, of web pages that may use the admin API besides its own. */
  readonly origins?: readonly string[];
}
