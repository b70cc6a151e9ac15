import type { Server } from 'node:http';
import type { Emulator } from '../emulator.ts';
import { PortError } from './port-error.ts';

/** The listening servers of an emulator. */
export class Listener {
  readonly #emulator: Emulator;
  readonly #host: string;
  readonly #servers: Server[] = [];

  constructor(emulator: Emulator, host: string) {
    this.#emulator = emulator;
    this.#host = host;
  }

  /**
   * Listens on a port and returns it; 0 picks a free port.
   * @param ownMount - serve only this mount, at the root of the port: `/image`.
   * @throws PortError
   */
  async listen(port: number, ownMount?: string): Promise<number> {
    try {
      const options = { host: this.#host, port, ...(ownMount !== undefined && { ownMount }) };
      const listening = await this.#emulator.listen(options);
      this.#servers.push(listening.server);
      return listening.port;
    } catch (error) {
      throw new PortError(port, this.#host, error as NodeJS.ErrnoException);
    }
  }

  /** Returns the address at which clients on this machine reach a port. */
  addressOf(port: number): string {
    const host = this.#host === '0.0.0.0' || this.#host === '::' ? '127.0.0.1' : this.#host;
    return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  }

  /** Stops listening and closes open connections. */
  async close(): Promise<void> {
    await Promise.all(
      this.#servers.map(
        (server) =>
          new Promise<void>((resolve) => {
            server.close(() => resolve());
            server.closeAllConnections();
          }),
      ),
    );
  }
}
