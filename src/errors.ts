/** A port could not be had: somebody else listens there, or it is not ours to take. */
export class PortError extends Error {
  readonly port: number;
  readonly host: string;

  constructor(port: number, host: string, cause: NodeJS.ErrnoException) {
    super(`port ${port} on ${host} ${wordOf(cause)}`, { cause });
    this.name = 'PortError';
    this.port = port;
    this.host = host;
  }
}

function wordOf({ code, message }: NodeJS.ErrnoException): string {
  switch (code) {
    case 'EADDRINUSE':
      return 'is taken';
    case 'EACCES':
      return 'needs rights that this process has not';
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return 'is of no address of this machine';
    default:
      return `cannot be listened on (${message})`;
  }
}
