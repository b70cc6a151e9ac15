import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { call } from '../../../api/client.ts';
import type { ListScenariosResponse } from '../../../api/types.ts';
import { asLive } from '../../../session/live.ts';
import type { Session, SessionEntry } from '../../../session/session.ts';
import { messageOf } from '../../../state/actions.ts';
import { CurlButton } from '../../../ui/action.tsx';
import { JsonText } from '../../../ui/json.tsx';
import { Natural } from './natural.tsx';

/** Why the response is what it is: the rule that fired, violations, near misses, findings, and what rules would do next time. */
export function Why({ entry, session }: { readonly entry: SessionEntry; readonly session: Session }) {
  const { fault, profiles, violations, nearest, hint, failure, invalid, decision, source } = entry;
  const findings = session.findings.value.filter(
    (finding) => finding.entries.includes(entry.id) && finding.world === entry.world,
  );
  return (
    <div class="why">
      <p class="lead">{causeOf(entry)}</p>
      {fault !== undefined && (
        <dl class="facts">
          <dt>scenario</dt>
          <dd>{fault.scenario}</dd>
          <dt>rule</dt>
          <dd>{fault.rule}</dd>
          <dt>did</dt>
          <dd>
            {fault.kind}
            {fault.byHand === true && ', decided by hand'}
          </dd>
          <dt>effect</dt>
          <dd>{effectOf(fault)}</dd>
        </dl>
      )}
      {fault !== undefined && entry.operation !== null && (
        <Natural entry={entry} isLive={asLive(session) !== undefined} />
      )}
      {source === 'by-profile' && profiles !== undefined && <List title="Profiles that decided it" items={profiles} />}
      {hint !== undefined && <div class="callout">{hint}</div>}
      {failure !== undefined && <div class="callout callout-error">{failure}</div>}
      {invalid !== undefined && <div class="callout">{invalid}</div>}
      {violations !== undefined && (
        <List
          title="Schema violations of the request"
          items={violations.map(({ pointer, message }) => `${pointer || '/'} ${message}`)}
        />
      )}
      {nearest !== undefined && <List title="Most similar operations" items={nearest} />}
      {findings.length > 0 && (
        <List
          title="Conduct of the client"
          items={findings.map(({ severity, rule, message }) => `${severity} ${rule}: ${message}`)}
        />
      )}
      {decision !== undefined && (
        <section>
          <h3>Decision of the fault engine</h3>
          <pre>
            <JsonText text={JSON.stringify(decision, null, 2)} />
          </pre>
        </section>
      )}
      {asLive(session) !== undefined && entry.operation !== null && <Next entry={entry} />}
    </div>
  );
}

/** When the effect of a request takes place, in words. */
const EFFECTS: Readonly<Record<string, string>> = {
  before: 'none: the fault came before the request took effect',
  after: 'the request took effect, but the client was told otherwise',
  twice: 'the request took effect twice',
  late: 'the request takes effect after the response',
};

/** Kinds of faults that leave the effect as it is. */
const HARMLESS: ReadonlySet<string> = new Set(['delay', 'hold', 'progress', 'source']);

const effectOf = ({ kind, phase }: NonNullable<SessionEntry['fault']>): string =>
  phase === 'before' && HARMLESS.has(kind) ? 'as without the rule' : (EFFECTS[phase] ?? phase);

function causeOf({ source, fault, status, operation, invalid }: SessionEntry): string {
  if (fault?.kind === 'hold' && source === 'natural')
    return `Rule ${fault.rule} of ${fault.scenario} held the request, which then went on; the response is natural.`;
  if (fault?.byHand === true)
    return `Somebody decided it by hand while rule ${fault.rule} of ${fault.scenario} held it.`;
  if (fault !== undefined) return `Rule ${fault.rule} of ${fault.scenario} fired.`;
  if (invalid !== undefined) return 'These bytes are not an HTTP request.';
  if (operation === null) return 'No operation has this method and path.';
  if (source === 'by-profile')
    return 'The state, the request and a profile other than the default caused this response.';
  return status >= 400
    ? 'The state and the request caused this error; no rule was involved.'
    : 'The state and the request caused this response; no rule was involved.';
}

function List({ title, items }: { readonly title: string; readonly items: readonly string[] }) {
  return (
    <section>
      <h3>{title}</h3>
      <ul class="plain-list">
        {items.map((item) => (
          <li key={item}>
            <code>{item}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What rules would do with the same request now. */
function Next({ entry }: { readonly entry: SessionEntry }) {
  const rules = useSignal<ListScenariosResponse['explanations']>(undefined);
  const problem = useSignal<string | undefined>(undefined);
  const query = {
    operation: entry.operation ?? '',
    ...(entry.image !== undefined && { image: entry.image }),
    ...(entry.user !== undefined && { user: entry.user }),
    ...(entry.project !== undefined && { project: entry.project }),
    ...(entry.userAgent !== undefined && { client: entry.userAgent }),
  };
  useEffect(() => {
    call('listScenarios', { query }, entry.world).then(
      (response) => {
        rules.value = response.explanations ?? [];
      },
      (error: unknown) => {
        problem.value = messageOf(error);
      },
    );
  }, [entry]);
  const all = rules.value ?? [];
  const passing = all.filter(({ outcome }) => outcome === 'passes');
  return (
    <section>
      <h3>
        If the client sent it again <CurlButton id="listScenarios" input={{ query }} world={entry.world} />
      </h3>
      {problem.value !== undefined && <div class="callout callout-error">{problem.value}</div>}
      {rules.value?.length === 0 && <p class="quiet">No rule is armed for it: the response would be natural.</p>}
      <Rules rules={all.filter(({ outcome }) => outcome !== 'passes')} />
      {passing.length > 0 && (
        <details>
          <summary>
            {passing.length} {passing.length === 1 ? 'rule lets' : 'rules let'} the request pass
          </summary>
          <Rules rules={passing} />
        </details>
      )}
    </section>
  );
}

function Rules({ rules }: { readonly rules: NonNullable<ListScenariosResponse['explanations']> }) {
  return (
    <ul class="plain-list">
      {rules.map(({ scenario, rule, outcome, why }) => (
        <li key={`${scenario}/${rule}`}>
          <b>{outcome}</b> {scenario}, rule {rule}
          <span class="quiet">{why.length === 0 ? '' : `: ${why.join('; ')}`}</span>
        </li>
      ))}
    </ul>
  );
}
