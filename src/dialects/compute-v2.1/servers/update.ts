import type { Call } from '../../../contract/contract.ts';
import type { Server } from '../../../domain/servers/server.ts';

/** The body of a request, which its schema has checked. */
interface ServerChanges {
  readonly name?: string;
  readonly 'OS-DCF:diskConfig'?: 'AUTO' | 'MANUAL';
  readonly accessIPv4?: string;
  readonly accessIPv6?: string;
  readonly description?: string | null;
  readonly hostname?: string;
}

/** The change of a server that a request asks for. */
export function updateOf(call: Pick<Call, 'json'>): (server: Server) => Server {
  const { server: changes } = call.json as { readonly server: ServerChanges };
  const { name, accessIPv4, accessIPv6, description, hostname, 'OS-DCF:diskConfig': diskConfig } = changes;
  return (server) => ({
    ...server,
    ...(name !== undefined && { name }),
    ...(accessIPv4 !== undefined && { accessIpv4: accessIPv4 }),
    ...(accessIPv6 !== undefined && { accessIpv6: accessIPv6 }),
    // A null removes the description.
    ...(description !== undefined && { description }),
    // The name of the host stays when the server gets a new name.
    hostname: hostname ?? server.hostname ?? server.name,
    ...(diskConfig !== undefined && { diskConfig }),
  });
}
