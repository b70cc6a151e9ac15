import { useComputed, useSignal } from '@preact/signals';
import type { ListContractsResponse } from '../../api/types.ts';
import { useResource } from '../../state/resource.ts';
import { showView } from '../../state/route.ts';
import { Action } from '../../ui/action.tsx';
import { JsonText } from '../../ui/json.tsx';
import { Field } from '../../ui/text-fields.tsx';
import { FAULTS, type FaultChoice, PHASES, ruleOf } from './fault-rule.ts';
import { world } from './state.ts';

/** A form that arms a one-off fault. It knows the operations and their documented statuses. @param start - `operation` or `operation/status`. */
export function FaultForm({ start }: { readonly start: string }) {
  const contracts = useResource('listContracts', {});
  const [operation = '', status = ''] = start.split('/');
  const choice = useSignal<FaultChoice>({
    operation: operation === '' ? 'image-v2.createImage' : operation,
    fault: 'answer',
    status: Number(status),
    retryAfter: '',
    delay: '2s',
    phase: 'before',
    times: '1',
    image: '',
  });
  const change = (part: Partial<FaultChoice>): void => {
    choice.value = { ...choice.value, ...part };
  };
  const known = contracts.value.value ?? [];
  const statuses = useComputed(() => statusesOf(contracts.value.value ?? [], choice.value.operation));
  const rule = ruleOf(choice.value, statuses.value);
  return (
    <div class="view">
      <h2 class="view-name">One-off fault</h2>
      <p class="quiet">The next requests that match get it; then it expires.</p>
      <form class="form-grid" aria-label="One-off fault" onSubmit={(event) => event.preventDefault()}>
        <label for="fault-operation">Operation</label>
        <OperationSelect
          contracts={known}
          value={choice.value.operation}
          onChange={(value) => change({ operation: value })}
        />
        <label for="fault-kind">Fault</label>
        <Select id="fault-kind" value={choice.value.fault} options={FAULTS} onChange={(fault) => change({ fault })} />
        {choice.value.fault === 'answer' && (
          <StatusFields choice={choice.value} statuses={statuses.value} onChange={change} />
        )}
        {choice.value.fault === 'delay' && (
          <Field id="fault-delay" label="Delay" value={choice.value.delay} onChange={(delay) => change({ delay })} />
        )}
        <label for="fault-phase">Effect</label>
        <Select id="fault-phase" value={choice.value.phase} options={PHASES} onChange={(phase) => change({ phase })} />
        <Field id="fault-times" label="Requests" value={choice.value.times} onChange={(times) => change({ times })} />
        <Field
          id="fault-image"
          label="Image"
          placeholder="any; an id, or * in a name"
          value={choice.value.image}
          onChange={(image) => change({ image })}
        />
        <span />
        <Action
          id="armFault"
          input={{ body: rule }}
          world={world.value}
          kind="primary"
          submits
          done="Armed the fault."
          onDone={() => showView('scenarios')}
        >
          Arm
        </Action>
      </form>
      <h2>The rule</h2>
      <pre class="block">
        <JsonText text={JSON.stringify(rule, null, 2)} />
      </pre>
    </div>
  );
}

/** The documented statuses of an operation. */
const statusesOf = (contracts: ListContractsResponse, name: string): readonly number[] =>
  contracts.find(({ dialect, operation }) => `${dialect}.${operation}` === name)?.statuses ?? [];

function OperationSelect({
  contracts,
  value,
  onChange,
}: {
  readonly contracts: ListContractsResponse;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const dialects = [...new Set(contracts.map(({ dialect }) => dialect))];
  return (
    <select id="fault-operation" value={value} onChange={(event) => onChange(event.currentTarget.value)}>
      {dialects.map((dialect) => (
        <optgroup key={dialect} label={dialect}>
          {contracts
            .filter((each) => each.dialect === dialect)
            .map(({ operation }) => (
              <option key={operation} value={`${dialect}.${operation}`} selected={`${dialect}.${operation}` === value}>
                {operation}
              </option>
            ))}
        </optgroup>
      ))}
    </select>
  );
}

interface StatusProps {
  readonly choice: FaultChoice;
  readonly statuses: readonly number[];
  readonly onChange: (part: Partial<FaultChoice>) => void;
}

function StatusFields({ choice, statuses, onChange }: StatusProps) {
  const shown = statuses.includes(choice.status) ? choice.status : statuses.find((status) => status >= 400);
  return (
    <>
      <label for="fault-status">Status</label>
      <select
        id="fault-status"
        value={String(shown ?? '')}
        onChange={(event) => onChange({ status: Number(event.currentTarget.value) })}
      >
        {statuses.map((status) => (
          <option key={status} selected={status === shown}>
            {status}
          </option>
        ))}
      </select>
      <Field
        id="fault-retry-after"
        label="Retry-After"
        placeholder="as usual; seconds"
        value={choice.retryAfter}
        onChange={(retryAfter) => onChange({ retryAfter })}
      />
    </>
  );
}

interface SelectProps<Value extends string> {
  readonly id: string;
  readonly value: Value;
  readonly options: Readonly<Record<Value, string>>;
  readonly onChange: (value: Value) => void;
}

function Select<Value extends string>({ id, value, options, onChange }: SelectProps<Value>) {
  const names = Object.keys(options) as Value[];
  return (
    <select
      id={id}
      value={value}
      onChange={(event) => onChange(names.find((name) => name === event.currentTarget.value) ?? value)}
    >
      {names.map((name) => (
        <option key={name} value={name}>
          {options[name]}
        </option>
      ))}
    </select>
  );
}
