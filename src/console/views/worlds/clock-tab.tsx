import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { GetClockResponse } from '../../api/types.ts';
import { useLiveResource } from '../../state/resource.ts';
import { Action, CurlButton } from '../../ui/action.tsx';
import { fullTime } from '../../ui/format.ts';

const STEPS: readonly (readonly [text: string, title: string])[] = [
  ['1s', '+1 s'],
  ['10s', '+10 s'],
  ['1m', '+1 min'],
  ['10m', '+10 min'],
  ['1h', '+1 h'],
  ['24h', '+1 day'],
];

/** The clock of a world: freeze it, let it run, move it. */
export function ClockTab({ world }: { readonly world: string }) {
  const by = useSignal('90s');
  const to = useSignal('');
  const { value, error } = useLiveResource('getClock', {}, world);
  const clock = value.value;
  return (
    <>
      {error.value !== undefined && <div class="callout callout-error">{error.value}</div>}
      {clock !== undefined && (
        <div class="clock">
          <Face key={clock.now} clock={clock} />
          <Action
            id="setClock"
            input={{ body: clock.frozen ? { resume: true } : { freeze: true } }}
            world={world}
            kind="primary"
            done={clock.frozen ? 'The clock runs.' : 'The clock is frozen.'}
          >
            {clock.frozen ? 'Let it run' : 'Freeze'}
          </Action>
          <CurlButton id="getClock" input={{}} world={world} />
        </div>
      )}
      <h3>Advance</h3>
      <fieldset class="toolbar" aria-label="Advance the clock">
        {STEPS.map(([text, title]) => (
          <Action
            key={text}
            id="setClock"
            input={{ body: { advance: text } }}
            world={world}
            done={`Advanced the clock by ${text}.`}
          >
            {title}
          </Action>
        ))}
      </fieldset>
      <form class="toolbar" aria-label="Advance by" onSubmit={(event) => event.preventDefault()}>
        <label class="inline-field">
          <span>By</span>
          <input type="text" value={by.value} onInput={(event) => (by.value = event.currentTarget.value)} />
        </label>
        <Action
          id="setClock"
          input={{ body: { advance: by.value } }}
          world={world}
          submits
          done={`Advanced the clock by ${by.value}.`}
        >
          Advance
        </Action>
        <span class="quiet">90s, 5m, 1h30m. Tokens expire, limits refill and tasks by the clock progress.</span>
      </form>
      <h3>Set</h3>
      <form class="toolbar" aria-label="Set the clock" onSubmit={(event) => event.preventDefault()}>
        <label class="inline-field">
          <span>To</span>
          <input
            type="text"
            class="wide"
            placeholder="2027-01-01T00:00:00Z"
            value={to.value}
            onInput={(event) => (to.value = event.currentTarget.value)}
          />
        </label>
        <Action id="setClock" input={{ body: { set: to.value } }} world={world} submits done="Set the clock.">
          Set
        </Action>
        <Action id="setClock" input={{ body: { freeze: to.value } }} world={world} done="The clock is frozen.">
          Freeze there
        </Action>
      </form>
    </>
  );
}

/** The time of a world, which goes on between two reads. */
function Face({ clock }: { readonly clock: GetClockResponse }) {
  const passed = useSignal(0);
  useEffect(() => {
    if (clock.frozen) return undefined;
    const start = performance.now();
    const timer = setInterval(() => {
      passed.value = performance.now() - start;
    }, 100);
    return () => clearInterval(timer);
  }, [clock, passed]);
  const time = fullTime(Date.parse(clock.now) + passed.value);
  return (
    <div class="clock-face">
      <time dateTime={clock.now}>{time}</time>
      <span class={clock.frozen ? 'word word-frozen' : 'word word-success'}>{clock.frozen ? 'frozen' : 'running'}</span>
    </div>
  );
}
