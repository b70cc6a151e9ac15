/** Findings about clients on the timeline: those of a recording at once, those of a server when somebody wants to see them. */
import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { asLive } from '../session/live.ts';
import type { Session } from '../session/session.ts';

/** Time between two reads of the findings, in milliseconds: the rules look at the whole journal. */
const EVERY = 5000;

/** Returns whether findings are shown. While they are, those of a server are read again after new requests. */
export function useFindings(session: Session): Signal<boolean> {
  const isShown = useSignal(asLive(session) === undefined);
  const wanted = isShown.value;
  useEffect(() => {
    const live = asLive(session);
    if (live === undefined || !wanted) return undefined;
    let seen = -1;
    const read = (): void => {
      const version = session.entries.version.peek();
      if (version === seen || document.visibilityState !== 'visible') return;
      seen = version;
      void live.readFindings();
    };
    read();
    const timer = setInterval(read, EVERY);
    return () => clearInterval(timer);
  }, [session, wanted]);
  return isShown;
}
