import type { Socket } from 'node:net';
import { pipeline, type Readable, type Transform } from 'node:stream';
import type { Wire } from '../../faults/fault.ts';
import type { HttpCall } from '../http-call.ts';
import { Gate, Throttle } from './throttle.ts';

/** A wire that can happen to an upload. */
type UploadWire = Extract<Wire, { readonly on: unknown }>;

/** Lets an upload come in as a bad line would bring it; the call then reads that in place of what the client sends. */
export function applyUploadFault(call: HttpCall, wire: UploadWire): void {
  const { stream } = call;
  const { socket } = stream as Readable & { readonly socket: Socket };
  const through = disturbance(socket, wire);
  // The client may have sent all before the connection goes: what is held back here is lost all the same.
  const lose = (): void => void through.destroy(new Error('the connection is gone'));
  socket.once('close', lose);
  through.once('close', () => socket.off('close', lose));
  // Either end takes the other with it: whoever reads learns that the client went, and the client that nobody reads.
  pipeline(stream, through, () => undefined);
  // A refused upload is read by nobody, who would hear that it broke off.
  through.on('error', () => undefined);
  call.stream = through;
}

function disturbance(socket: Socket, wire: UploadWire): Transform {
  switch (wire.kind) {
    case 'slow':
      return new Throttle(wire.bytesPerSecond);
    case 'stall': {
      const { after, milliseconds } = wire;
      return new Gate(after ?? 0, (goOn) => {
        if (milliseconds !== null) setTimeout(goOn, milliseconds).unref();
      });
    }
    case 'cut': {
      const { by, place } = wire;
      return new Gate(place?.after ?? 0, () => {
        if (by === 'reset') socket.resetAndDestroy();
        else socket.destroy();
      });
    }
    default:
      return wire satisfies never;
  }
}

/** Takes in so many bytes of an upload, or all of it where it is shorter. */
export function receive({ stream }: HttpCall, bytes: number): Promise<void> {
  return new Promise((resolve) => {
    let left = bytes;
    const done = (): void => {
      stream.off('data', take).off('end', done).off('close', done).pause();
      resolve();
    };
    const take = (chunk: Buffer): void => {
      left -= chunk.length;
      if (left <= 0) done();
    };
    if (bytes === 0 || stream.readableEnded) resolve();
    else stream.on('data', take).on('end', done).on('close', done);
  });
}
