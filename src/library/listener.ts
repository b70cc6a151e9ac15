import type { Emulator } from '../emulator.ts';
import { Port } from './port.ts';
import { PortError } from './port-error.ts';
import type { Tls } from './tls.ts';

/** A port to listen on. */
interface PortRequest {
  /** `common`, `admin`, or the API that has the port for itself. */
  readonly name: string;
  /** 0 picks a free port. */
  readonly port: number;
  /** Serve only this mount, at the root of the port: `/image`. */
  readonly ownMount?: string;
  /** Whether clients reach the admin API through the port. */
  readonly hasAdmin: boolean;
}

/** The listening ports of an emulator. */
export class Listener {
  readonly #emulator: Emulator;
  readonly #host: string;
  readonly #tls: Tls | undefined;
  readonly #ports: Port[] = [];

  constructor(emulator: Emulator, host: string, tls: Tls | undefined) {
    this.#emulator = emulator;
    this.#host = host;
    this.#tls = tls;
  }

  /** The ports, in the order in which they were opened. */
  get ports(): readonly Port[] {
    return this.#ports;
  }

  /**
   * Listens on a port and returns it.
   * @throws PortError
   */
  async listen({ name, port, ownMount, hasAdmin }: PortRequest): Promise<number> {
    const host = this.#host;
    const tls = this.#tls && {
      certificates: this.#tls.certificates,
      certificate: this.#tls.kindOf(name),
      // The admin API keeps its certificate on a port of its own, so that the scenario can be disabled.
      ofScenario: () => (name === 'admin' ? undefined : this.#emulator.worlds.default.faults.certificate),
    };
    try {
      const listening = await this.#emulator.listen({
        host,
        port,
        ...(ownMount !== undefined && { ownMount }),
        ...(tls !== undefined && { certificate: tls.certificates.of(tls.certificate) }),
      });
      this.#ports.push(new Port({ name, host, port: listening.port, server: listening.server, hasAdmin, tls }));
      return listening.port;
    } catch (error) {
      throw new PortError(port, host, error as NodeJS.ErrnoException);
    }
  }

  /** Returns the address at which clients on this machine reach a port. */
  addressOf(port: number): string {
    const host = this.#host === '0.0.0.0' || this.#host === '::' ? '127.0.0.1' : this.#host;
    const scheme = this.#tls === undefined ? 'http' : 'https';
    return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`;
  }

  /** Stops listening and closes open connections. */
  async close(): Promise<void> {
    await Promise.all(this.#ports.map((port) => port.close()));
  }
}
