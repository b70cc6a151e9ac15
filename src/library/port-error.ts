/** Sideglance cannot listen on a port: another process uses it, or this process may not. */
export class PortError extends Error {
  readonly port: number;
  readonly host: string;
  /** Whether another process listens on it. */
  readonly isTaken: boolean;

  constructor(port: number, host: string, cause: NodeJS.ErrnoException) {
    super(messageFor(port, host, cause), { cause });
    this.name = 'PortError';
    this.port = port;
    this.host = host;
    this.isTaken = cause.code === 'EADDRINUSE';
  }
}

function messageFor(port: number, host: string, { code, message }: NodeJS.ErrnoException): string {
  switch (code) {
    case 'EADDRINUSE':
      return `port ${port} on ${host} is in use`;
    case 'EACCES':
      return `port ${port} on ${host} requires privileges that this process does not have`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${host} is not an address of this machine`;
    default:
      return `cannot listen on port ${port} of ${host} (${message})`;
  }
}
