import type { Socket } from 'node:net';
import { pipeline, type Readable, type Transform } from 'node:stream';
import type { Wire } from '../../faults/fault.ts';
import type { HttpCall } from '../http-call.ts';
import { resetConnection } from '../tls/raw-sockets.ts';
import { Gate, Slicer, Throttle } from './throttle.ts';

/** A wire fault that can affect an upload. */
type UploadWire = Extract<Wire, { readonly on: unknown }>;

/** Applies a wire fault to an upload. The operation then reads the result instead of what the client sends. */
export function applyUploadFault(call: HttpCall, wire: UploadWire): void {
  const { stream } = call;
  const { socket } = stream as Readable & { readonly socket: Socket };
  const through = transformFor(socket, wire);
  // The client may have sent everything before the connection is closed. Bytes that are held back here are lost.
  const lose = (): void => void through.destroy(new Error('the connection was closed'));
  socket.once('close', lose);
  through.once('close', () => socket.off('close', lose));
  // Closing one end closes the other: the reader learns that the client disconnected, and the client that reading stopped.
  pipeline(stream, through, () => undefined);
  // Nobody reads a rejected upload, so nobody would handle its error.
  through.on('error', () => undefined);
  call.stream = through;
}

function transformFor(socket: Socket, wire: UploadWire): Transform {
  switch (wire.kind) {
    case 'slow':
      return new Throttle(wire.bytesPerSecond);
    case 'slice':
      return new Slicer(wire);
    case 'stall': {
      const { after, milliseconds } = wire;
      const gate = new Gate(after ?? 0, (resume) => {
        if (milliseconds === null) return;
        const timer = setTimeout(resume, milliseconds).unref();
        gate.once('close', () => clearTimeout(timer));
      });
      return gate;
    }
    case 'cut': {
      const { by, place } = wire;
      return new Gate(place?.after ?? 0, () => {
        if (by === 'reset') resetConnection(socket);
        else socket.destroy();
      });
    }
    default:
      return wire satisfies never;
  }
}
