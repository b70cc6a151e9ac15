import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { PortHandle } from '../admin/ports.ts';
import type { CertificateKind } from '../base/certificate-kinds.ts';
import { contained } from '../base/internal-errors.ts';
import type { AppServer } from '../http/app-server.ts';
import type { ServerCertificates } from '../http/tls/server-certificates.ts';
import type { PortEvent, PortState } from '../recording/ports.ts';
import { PortLog } from './port-log.ts';

/** The certificates of a port. */
export interface PortTls {
  readonly certificates: ServerCertificates;
  /** The one that it presents at first. */
  readonly certificate: CertificateKind;
  /** Returns the one that a scenario wants instead. */
  ofScenario(): CertificateKind | undefined;
}

/** What a port is created from. */
export interface PortParts {
  /** `common`, `admin`, or the API that has the port for itself. */
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** Listens already. */
  readonly server: AppServer;
  readonly hasAdmin: boolean;
  /** Absent without TLS. */
  readonly tls?: PortTls | undefined;
}

/** A listening port. */
export class Port implements PortHandle {
  readonly #parts: PortParts;
  readonly #log = new PortLog();
  #state: PortState = 'open';
  #until: number | undefined;
  #connectionsLeft: number | undefined;
  /** The certificate that the port presents unless a scenario wants another one. */
  #certificate: CertificateKind | undefined;
  /** The certificate of the last connection. */
  #presented: CertificateKind | undefined;
  /** Certificates to present after a number of connections. */
  readonly #upcoming: { readonly certificate: CertificateKind; connections: number }[] = [];
  /** Connections with the present certificate. */
  #connections = 0;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(parts: PortParts) {
    this.#parts = parts;
    this.#certificate = parts.tls?.certificate;
    this.#presented = this.#certificate;
    // Before the listeners of the HTTP server, which would start to read, or shake hands.
    parts.server.prependListener('connection', (socket: Socket) => this.#admit(socket));
    parts.server.on('tlsClientError', (error: NodeJS.ErrnoException, _socket: TLSSocket) => this.#noteHandshake(error));
  }

  get name(): string {
    return this.#parts.name;
  }

  get port(): number {
    return this.#parts.port;
  }

  get state(): PortState {
    return this.#state;
  }

  get until(): number | undefined {
    return this.#until;
  }

  get connectionsLeft(): number | undefined {
    return this.#connectionsLeft;
  }

  get firstCertificate(): CertificateKind | undefined {
    return this.#parts.tls?.certificate;
  }

  get events(): readonly PortEvent[] {
    return this.#log.events;
  }

  get droppedEvents(): number {
    return this.#log.dropped;
  }

  get certificate(): CertificateKind | undefined {
    return this.#parts.tls?.ofScenario() ?? this.#certificate;
  }

  get hasAdmin(): boolean {
    return this.#parts.hasAdmin;
  }

  refuse(milliseconds: number | undefined): void {
    this.#enter('refusing', milliseconds);
    const { server } = this.#parts;
    if (server.listening) server.close();
    this.closeConnections();
  }

  async reset(connections: number | undefined, milliseconds: number | undefined): Promise<void> {
    await this.#listen();
    this.#enter('resetting', milliseconds);
    this.#connectionsLeft = connections;
    this.closeConnections();
  }

  async open(): Promise<void> {
    this.#enter('open', undefined);
    await this.#listen();
  }

  present(certificate: CertificateKind, connections = 0): void {
    if (this.#parts.tls === undefined) return;
    if (connections > 0) {
      this.#upcoming.push({ certificate, connections });
      return;
    }
    this.#certificate = certificate;
    this.closeConnections();
  }

  /** Stops listening for good and closes all connections. */
  close(): Promise<void> {
    this.#isClosed = true;
    this.#enter('open', undefined);
    const { server } = this.#parts;
    return new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  }

  #enter(state: PortState, milliseconds: number | undefined): void {
    clearTimeout(this.#timer);
    if (state !== 'open' || this.#state !== 'open') this.#log.add({ kind: state });
    this.#state = state;
    this.#connectionsLeft = undefined;
    this.#until = milliseconds === undefined ? undefined : Date.now() + milliseconds;
    if (milliseconds === undefined) return;
    // A port that another process has taken meanwhile stays closed, which its state shows.
    const refuse = contained('the reopening of a port', () => this.#enter('refusing', undefined));
    this.#timer = setTimeout(() => void this.open().catch(refuse), milliseconds).unref();
  }

  /** Closes connections that clients would reuse. A port with the admin API keeps those on which requests are running. */
  closeConnections(): void {
    const { server, hasAdmin } = this.#parts;
    if (hasAdmin) server.closeIdleConnections();
    else server.closeAllConnections();
  }

  /** Chooses the certificate of the connection that begins. */
  #chooseCertificate(): void {
    this.#takeUpcoming();
    const { certificate } = this;
    const { server, tls } = this.#parts;
    this.#connections += 1;
    if (certificate === undefined || certificate === this.#presented || tls === undefined) return;
    if (!('setSecureContext' in server)) return;
    server.setSecureContext(tls.certificates.of(certificate));
    this.#presented = certificate;
    // This connection is the first one with the new certificate.
    this.#log.add({ kind: 'certificate', certificate, connections: this.#connections - 1 });
    this.#connections = 1;
  }

  /** Changes to a certificate whose turn has come with this connection. */
  #takeUpcoming(): void {
    const [next] = this.#upcoming;
    if (next === undefined) return;
    if (next.connections > 0) next.connections -= 1;
    else {
      this.#certificate = next.certificate;
      this.#upcoming.shift();
      // The connection is the first one with this certificate.
      this.#takeUpcoming();
    }
  }

  #noteHandshake({ code, message }: NodeJS.ErrnoException): void {
    const certificate = this.#presented;
    if (certificate !== undefined) this.#log.add({ kind: 'handshake failed', certificate, reason: code ?? message });
  }

  #listen(): Promise<void> {
    const { server, port, host } = this.#parts;
    if (server.listening || this.#isClosed) return Promise.resolve();
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, () => {
        server.off('error', reject);
        resolve();
      });
    });
  }

  #admit(socket: Socket): void {
    this.#chooseCertificate();
    if (this.#state !== 'resetting') return;
    socket.resetAndDestroy();
    this.#log.add({ kind: 'reset' });
    if (this.#connectionsLeft === undefined) return;
    this.#connectionsLeft -= 1;
    if (this.#connectionsLeft === 0) this.#enter('open', undefined);
  }
}
