import { type OpenProblem, openProblem } from '../state/open.ts';

/** Why a recording could not be opened: the place, what was found there, and what is allowed. */
export function Problem({ problem }: { readonly problem: OpenProblem }) {
  const { file, message, place, found, allowed } = problem;
  return (
    <section class="problem" role="alert">
      <div>
        <strong>{file}</strong> {message}
        <dl class="facts">
          {place !== '' && <Fact name="place" text={place} />}
          {found !== undefined && <Fact name="found" text={found} />}
          {allowed !== undefined && <Fact name="allowed" text={allowed} />}
        </dl>
      </div>
      <button
        type="button"
        class="button button-quiet"
        aria-label="Dismiss"
        onClick={() => (openProblem.value = undefined)}
      >
        ×
      </button>
    </section>
  );
}

const Fact = ({ name, text }: { readonly name: string; readonly text: string }) => (
  <>
    <dt>{name}</dt>
    <dd>{text}</dd>
  </>
);
