/** Access to the TCP connection below an encrypted one, which alone can be reset. */
import type { Server as HttpsServer } from 'node:https';
import type { Socket } from 'node:net';

declare module 'node:net' {
  interface Socket {
    /** The TCP connection that carries this encrypted one. */
    carrier?: Socket;
  }
}

/** Remembers the TCP connection of each encrypted connection of a server. */
export function trackCarriers(server: HttpsServer): void {
  // Handshakes of different clients overlap, so the two events are matched by the address of the client.
  const waiting = new Map<string, Socket>();
  const keyOf = ({ remoteAddress, remotePort }: Socket): string => `${remoteAddress} ${remotePort}`;
  server.on('connection', (socket: Socket) => {
    const key = keyOf(socket);
    waiting.set(key, socket);
    socket.once('close', () => waiting.delete(key));
  });
  server.on('secureConnection', (socket: Socket) => {
    const key = keyOf(socket);
    const carrier = waiting.get(key);
    waiting.delete(key);
    if (carrier !== undefined) socket.carrier = carrier;
  });
}

/** Resets a connection, encrypted or not. */
export function resetConnection(socket: Socket): void {
  const { carrier } = socket;
  if (carrier === undefined) {
    socket.resetAndDestroy();
    return;
  }
  carrier.resetAndDestroy();
  socket.destroy();
}
