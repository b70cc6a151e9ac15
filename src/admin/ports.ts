import type { CertificateKind } from '../base/certificate-kinds.ts';
import { parseDuration } from '../input/duration.ts';
import { InputError } from '../input/input-error.ts';
import type { PortHistory, PortState } from '../recording/ports.ts';
import { notFound } from './problems.ts';

/** A port of the process, as the admin API controls it. */
export interface PortHandle extends PortHistory {
  readonly port: number;
  readonly state: PortState;
  /** When it opens again, in milliseconds since 1970 by the clock of the machine. */
  readonly until: number | undefined;
  /** Connections that are still reset. */
  readonly connectionsLeft: number | undefined;
  /** The certificate that it presents; absent without TLS. */
  readonly certificate: CertificateKind | undefined;
  /** Whether the admin API is reached through it. */
  readonly hasAdmin: boolean;
  /** Refuses new connections and closes idle ones. @param milliseconds - until it opens again. */
  refuse(milliseconds: number | undefined): void;
  /** Accepts and resets new connections. @param connections - how many; all when omitted. */
  reset(connections: number | undefined, milliseconds: number | undefined): Promise<void>;
  /** Accepts connections. */
  open(): Promise<void>;
  /** Closes connections that clients would reuse, so that they shake hands again. */
  closeConnections(): void;
  /** Presents another certificate from the next connection on; with `connections`, after so many more. */
  present(certificate: CertificateKind, connections?: number): void;
}

/** A port, as the admin API shows it. */
export interface PortView {
  /** `common`, `admin`, or the API that has the port for itself. */
  readonly name: string;
  readonly port: number;
  readonly state: PortState;
  /** When it opens again, by the clock of the machine: ISO 8601. */
  readonly until?: string;
  /** Connections that are still reset. */
  readonly connectionsLeft?: number;
  /** The certificate that it presents; absent without TLS. */
  readonly certificate?: CertificateKind;
}

/** A change of a port. */
export interface PortChange {
  readonly state?: PortState;
  /** How long it refuses or resets connections: seconds, or text such as `5s`. Default: until it is opened. */
  readonly for?: number | string;
  /** How many connections are reset. Default: all. */
  readonly connections?: number;
  readonly certificate?: CertificateKind;
}

/** Converts a port to the form that the admin API shows. */
export const presentPort = ({ name, port, state, until, connectionsLeft, certificate }: PortHandle): PortView => ({
  name,
  port,
  state,
  ...(until !== undefined && { until: new Date(until).toISOString() }),
  ...(connectionsLeft !== undefined && { connectionsLeft }),
  ...(certificate !== undefined && { certificate }),
});

/** Returns a port by name. @throws AdminError for an unknown name. */
function portNamed(ports: readonly PortHandle[], name: string): PortHandle {
  const found = ports.find((port) => port.name === name);
  if (found !== undefined) return found;
  const allowed = ports.map((port) => port.name);
  throw notFound(`No port is called "${name}".`, { pointer: '/name', found: name, allowed });
}

/**
 * Changes a port.
 * @throws AdminError for an unknown port, InputError for a change that has no effect or cannot be taken back.
 */
export async function changePort(ports: readonly PortHandle[], name: string, change: PortChange): Promise<PortView> {
  const port = portNamed(ports, name);
  checkChange(port, change);
  const { state, connections, certificate } = change;
  const milliseconds = change.for === undefined ? undefined : parseDuration(change.for);
  if (certificate !== undefined) port.present(certificate);
  if (state === 'refusing') port.refuse(milliseconds);
  else if (state === 'resetting') await port.reset(connections, milliseconds);
  else if (state === 'open') await port.open();
  return presentPort(port);
}

function checkChange(port: PortHandle, { state, connections, certificate, ...rest }: PortChange): void {
  const reject = (pointer: string, message: string, found: unknown, allowed: string): never => {
    throw new InputError('port', [{ pointer, message, found, allowed }]);
  };
  const closes = state === 'refusing' || state === 'resetting';
  if (rest.for !== undefined && !closes) reject('/for', 'has no effect', rest.for, 'state: refusing, or resetting');
  if (connections !== undefined && state !== 'resetting') {
    reject('/connections', 'has no effect: refused connections cannot be counted', connections, 'state: resetting');
  }
  if (certificate !== undefined && port.certificate === undefined) {
    reject('/certificate', 'has no effect: the port has no TLS', certificate, 'a process that was started with TLS');
  }
  if (closes && port.hasAdmin && rest.for === undefined && connections === undefined) {
    reject('/for', 'is missing: the admin API is on this port and could not open it again', state, 'a time such as 5s');
  }
}
