/** A port could not be had: somebody else listens there, or it is not ours to take. */
export class PortError extends Error {
  readonly port: number;
  readonly host: string;
  /** Whether somebody else listens on it. */
  readonly isTaken: boolean;

  constructor(port: number, host: string, cause: NodeJS.ErrnoException) {
    super(wordOf(port, host, cause), { cause });
    this.name = 'PortError';
    this.port = port;
    this.host = host;
    this.isTaken = cause.code === 'EADDRINUSE';
  }
}

function wordOf(port: number, host: string, { code, message }: NodeJS.ErrnoException): string {
  switch (code) {
    case 'EADDRINUSE':
      return `port ${port} on ${host} is taken`;
    case 'EACCES':
      return `port ${port} on ${host} needs rights that this process has not`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${host} is no address of this machine`;
    default:
      return `port ${port} on ${host} cannot be listened on (${message})`;
  }
}
