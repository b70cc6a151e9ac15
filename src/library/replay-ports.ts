import type { PortHandle } from '../admin/ports.ts';
import type { CertificateKind } from '../base/certificate-kinds.ts';
import { isState, type RecordedPort, type RecordedPortEvent } from '../recording/ports.ts';
import type { RecordingHead } from '../recording/recording.ts';
import type { TlsOptions } from './tls.ts';

/** Returns the option `tls` of a server that replays a recording; `undefined` if no recorded port had TLS. */
export function tlsOfRecording({ ports = [] }: RecordingHead, names: readonly string[]): TlsOptions | undefined {
  const certificates = ports.flatMap(({ name, certificate }) =>
    certificate === undefined ? [] : ([[name, certificate]] as const),
  );
  if (certificates.length === 0) return undefined;
  return {
    certificate: Object.fromEntries<CertificateKind>(certificates.filter(([name]) => names.includes(name))),
  };
}

/** What is done to a port, and after which request. */
interface Step {
  readonly port: string;
  readonly after: number;
  readonly run: (port: PortHandle) => void | Promise<void>;
}

/** Lets the ports of a replay do what those of the recording did, between the same requests. */
export class ReplayPorts {
  readonly #ports: () => readonly PortHandle[];
  readonly #steps: Step[];
  /** Recorded ports that the replay does not have. */
  readonly missing: readonly string[];

  constructor({ ports: recorded = [] }: RecordingHead, ports: () => readonly PortHandle[], names: readonly string[]) {
    this.#ports = ports;
    const known = recorded.filter(({ name }) => names.includes(name));
    this.missing = recorded
      .filter(({ name, events }) => !names.includes(name) && events.length > 0)
      .map(({ name }) => name);
    this.#steps = known.flatMap(stepsOf).sort((one, other) => one.after - other.after);
  }

  /** Does what happened until the next request after the one with this id; 0 for before the first one. */
  async after(id: number): Promise<void> {
    for (let step = this.#steps[0]; step !== undefined && step.after <= id; step = this.#steps[0]) {
      this.#steps.shift();
      const name = step.port;
      const port = this.#ports().find((each) => each.name === name);
      if (port !== undefined) await step.run(port);
    }
  }
}

/** The steps of a port. A client meets a state for as long, and as many resets, as in the recording. */
function stepsOf({ name, state, events }: RecordedPort): readonly Step[] {
  const start = events[0]?.time ?? 0;
  const all: readonly RecordedPortEvent[] =
    state === 'open' ? events : [{ kind: state, time: start, after: 0 }, ...events];
  return all.flatMap((event, at): readonly Step[] => {
    const isFirst = !all.slice(0, at).some(({ kind, after }) => kind === 'certificate' && after === event.after);
    const run = actionOf(event, all.slice(at + 1), isFirst);
    return run === undefined ? [] : [{ port: name, after: event.after, run }];
  });
}

/** @param isFirst - whether the event is the first change of the certificate after its request; later ones count connections. */
function actionOf(
  event: RecordedPortEvent,
  later: readonly RecordedPortEvent[],
  isFirst: boolean,
): Step['run'] | undefined {
  if (event.kind === 'certificate') {
    const connections = isFirst ? 0 : event.connections;
    return (port) => port.present(event.certificate, connections);
  }
  if (event.kind !== 'refusing' && event.kind !== 'resetting') return undefined;
  const end = later.findIndex(isState);
  const next = later[end];
  if (event.kind === 'refusing') return (port) => port.refuse(next && Math.max(1, next.time - event.time));
  const during = end < 0 ? later : later.slice(0, end);
  const resets = during.filter(({ kind }) => kind === 'reset').length;
  if (next !== undefined && resets === 0) return undefined;
  return (port) => port.reset(next && resets, undefined);
}
