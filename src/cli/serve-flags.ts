import { type Command, Option } from 'commander';
import {
  CERTIFICATE_KINDS,
  type CertificateKind,
  FSYNC_MODES,
  type FsyncMode,
  RELEASES,
  type Release,
  type SideglanceOptions,
} from '../index.ts';
import {
  fixturesFlag,
  flag,
  parseByName,
  parseBytes,
  parseBytesOrOff,
  parseCount,
  parseDurationText,
  parseKeepAlive,
  parseList,
  parseListen,
  parseOnOrOff,
  parsePort,
  parsePortOrOff,
  parseSize,
  parseTime,
  parseUrl,
  scenariosFlag,
  tlsCaFlag,
} from './options.ts';
import { LOG_FORMATS, type LogFormat } from './request-log.ts';

/** The flags of `serve`. */
export interface ServeFlags {
  readonly port: number;
  readonly host: string;
  readonly listen?: Readonly<Record<string, number>>;
  readonly fixtures?: readonly string[];
  readonly fixtureFolders?: readonly string[];
  readonly scenarios?: readonly string[];
  readonly seed?: string;
  readonly release?: Release;
  readonly clock?: string;
  readonly state?: string;
  readonly fsync?: FsyncMode;
  readonly tls?: boolean;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly tlsCa?: string;
  readonly tlsHosts?: readonly string[];
  readonly tlsCertificate?: string | Readonly<Record<string, string>>;
  readonly externalUrl?: string;
  readonly trustProxy?: boolean;
  readonly adminToken?: string;
  readonly adminPort?: number | 'off';
  readonly adminOrigin?: readonly string[];
  readonly journalSize: number;
  readonly keepAlive?: string | Readonly<Record<string, string>>;
  readonly requestTimeout?: string;
  readonly headerTimeout?: string;
  readonly maxHeaderSize?: number;
  readonly maxConnections?: number;
  readonly journalBodies: number | 'off';
  readonly journalWorldMemory: number;
  readonly journalMemory: number;
  readonly journalSecrets?: boolean;
  readonly importHosts?: readonly string[];
  readonly importTimeout?: string;
  readonly importMaxSize?: number;
  readonly coverage: boolean;
  readonly strict?: boolean;
  readonly readyFile?: string;
  readonly log?: LogFormat | 'off';
  readonly verbose?: boolean;
  readonly quiet?: boolean;
  readonly watch?: boolean;
}

/** Adds the flags of `serve` to a command. */
export const addServeFlags = (command: Command): Command =>
  addOutputFlags(
    addJournalFlags(
      addImportFlags(addAdminFlags(addTlsFlags(addContentFlags(addConnectionFlags(addPortFlags(command)))))),
    ),
  );

const addConnectionFlags = (command: Command): Command =>
  command
    .addOption(
      flag(
        '--keep-alive <time>',
        'time after which idle connections are closed, or "close" for after each response; for single APIs: identity=close,ims=60s',
      ).argParser(parseKeepAlive),
    )
    .addOption(
      flag('--request-timeout <time>', 'time in which a request must arrive completely').argParser(parseDurationText),
    )
    .addOption(
      flag('--header-timeout <time>', 'time in which the head of a request must arrive').argParser(parseDurationText),
    )
    .addOption(flag('--max-header-size <size>', 'size of a request line with its headers').argParser(parseBytes))
    .addOption(flag('--max-connections <number>', 'open connections of each port').argParser(parseSize));

const addPortFlags = (command: Command): Command =>
  command
    .addOption(flag('--port <number>', 'port of all APIs; 0 picks a free port').default(9292).argParser(parsePort))
    .addOption(flag('--host <address>', 'address to listen on').default('127.0.0.1'))
    .addOption(
      flag('--listen <api=port,...>', 'own ports for single APIs: image-v2=9292,identity=5000').argParser(parseListen),
    )
    .addOption(flag('--external-url <address>', 'the address that clients see').argParser(parseUrl))
    .addOption(flag('--trust-proxy', 'trust X-Forwarded-Proto, -Host and -Prefix'));

const addContentFlags = (command: Command): Command =>
  command
    .addOption(fixturesFlag())
    .addOption(
      flag('--fixture-folders <folder...>', 'folders whose fixture files requests to the admin API may name').argParser(
        parseList,
      ),
    )
    .addOption(scenariosFlag())
    .addOption(flag('--seed <text>', 'seed for generated ids and random choices'))
    .addOption(flag('--release <name>', 'release of the services of OpenStack').choices(RELEASES))
    .addOption(flag('--clock <time>', 'time at which the clock is frozen').argParser(parseTime))
    .addOption(
      flag('--state <file>', 'file that stores all worlds; its content takes precedence over fixtures, seed and clock'),
    )
    .addOption(
      flag(
        '--fsync <when>',
        'when changes in that file are written to the disk: before each response, each second, or never; interval when omitted',
      ).choices(FSYNC_MODES),
    );

const addTlsFlags = (command: Command): Command =>
  command
    .addOption(
      flag('--tls', 'serve HTTPS with a certificate of a new authority, which is written for clients to trust'),
    )
    .addOption(flag('--tls-cert <file>', 'serve HTTPS with this certificate (PEM)'))
    .addOption(flag('--tls-key <file>', 'private key of --tls-cert (PEM)'))
    .addOption(tlsCaFlag())
    .addOption(
      flag(
        '--tls-hosts <host,...>',
        'host names and addresses of created certificates, besides this machine',
      ).argParser(parseList),
    )
    .addOption(
      flag(
        '--tls-certificate <kind>',
        `the certificate to present: ${CERTIFICATE_KINDS.join(', ')}; for single ports: identity=expired`,
      ).argParser(parseByName),
    );

const addAdminFlags = (command: Command): Command =>
  command
    .addOption(flag('--admin-token <token>', 'token of the admin API; generated when the host is not loopback'))
    .addOption(flag('--admin-port <port>', 'own port of the admin API, or "off"').argParser(parsePortOrOff))
    .addOption(
      flag(
        '--admin-origin <origin,...>',
        'origins of web pages that may use the admin API, such as http://localhost:5173',
      ).argParser(parseList),
    );

const addImportFlags = (command: Command): Command =>
  command
    .addOption(
      flag(
        '--import-hosts <host,...>',
        'hosts from which imports may download, with a port where only that one is allowed: mirror.example:8080',
      ).argParser((text) => parseList(text).map((host) => host.trim())),
    )
    .addOption(
      flag(
        '--import-timeout <time>',
        'time in which a download of an import must be complete; 5m when omitted',
      ).argParser(parseDurationText),
    )
    .addOption(
      flag('--import-max-size <size>', 'maximum size of a download of an import; 1GiB when omitted').argParser(
        parseBytes,
      ),
    );

const addJournalFlags = (command: Command): Command =>
  command
    .addOption(
      flag('--journal-size <entries>', 'maximum number of journal entries for each world, or 0 for no journal')
        .default(1000)
        .argParser(parseCount),
    )
    .addOption(
      flag('--journal-bodies <size>', 'how much of each request and response body the journal stores, or "off"')
        .default(64 * 2 ** 10, '64KiB')
        .argParser(parseBytesOrOff),
    )
    .addOption(
      flag('--journal-world-memory <size>', 'maximum memory of the journal of one world')
        .default(32 * 2 ** 20, '32MiB')
        .argParser(parseBytes),
    )
    .addOption(
      flag('--journal-memory <size>', 'maximum memory of the journals of all worlds')
        .default(256 * 2 ** 20, '256MiB')
        .argParser(parseBytes),
    )
    .addOption(flag('--journal-secrets', 'show passwords, tokens and other secrets in the journal'))
    .addOption(
      flag('--coverage <on|off>', 'whether responses are counted for the coverage reports')
        .default(true, 'on')
        .argParser(parseOnOrOff),
    );

const addOutputFlags = (command: Command): Command =>
  command
    .addOption(flag('--strict', 'exit with 3 when an armed fault never fired'))
    .addOption(
      flag('--ready-file <file>', 'file to write the address to once the server is ready; removed when it stops'),
    )
    .addOption(
      new Option('--log [format]', 'print a line for each request: text, json or off; text on a terminal when omitted')
        .choices([...LOG_FORMATS, 'off'])
        .preset('text')
        .env('SIDEGLANCE_LOG'),
    )
    .addOption(
      flag('--verbose', 'print more about each request (method and URL, caller, hints), and requests to the admin API'),
    )
    .addOption(flag('--quiet', 'print only the addresses: no next steps, and no requests unless --log is given'))
    .addOption(flag('--watch', 'load fixture and scenario files again when they change'));

/** Converts the flags to options of the library. */
export function optionsOf(flags: ServeFlags): SideglanceOptions {
  const { adminPort, adminToken: given, adminOrigin, ...others } = flags;
  const {
    strict: _strict,
    readyFile: _readyFile,
    log: _log,
    verbose: _verbose,
    quiet: _quiet,
    watch: _watch,
    ...served
  } = others;
  const { tls: _tls, tlsCert, tlsKey, tlsCa, tlsHosts, tlsCertificate, ...rest } = served;
  // Docker Compose passes unset variables as empty ones.
  const adminToken = given || undefined;
  return {
    ...rest,
    ...tlsOption(flags),
    admin:
      adminPort === 'off'
        ? false
        : {
            ...(adminToken !== undefined && { token: adminToken }),
            ...(adminPort !== undefined && { port: adminPort }),
            ...(adminOrigin !== undefined && { origins: adminOrigin }),
          },
  };
}

/** The option `tls`. Any flag about TLS but the path of the authority turns it on. */
function tlsOption({
  tls,
  tlsCert,
  tlsKey,
  tlsCa,
  tlsHosts,
  tlsCertificate,
}: ServeFlags): Pick<SideglanceOptions, 'tls'> {
  const given = {
    ...(tlsCert !== undefined && { cert: tlsCert }),
    ...(tlsKey !== undefined && { key: tlsKey }),
    ...(tlsHosts !== undefined && { hosts: tlsHosts }),
    ...(tlsCertificate !== undefined && { certificate: tlsCertificate as CertificateKind }),
  };
  if (tls !== true && Object.keys(given).length === 0) return {};
  return { tls: { ...given, ...(tlsCa !== undefined && { ca: tlsCa }) } };
}
