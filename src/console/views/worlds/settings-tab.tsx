import { useSignal } from '@preact/signals';
import type { ShowWorldResponse } from '../../api/types.ts';
import { copy } from '../../state/actions.ts';
import { useResource } from '../../state/resource.ts';
import { CurlButton } from '../../ui/action.tsx';
import { Empty } from '../../ui/empty.tsx';
import { cloudsYaml, exportsOf } from './settings-text.ts';

type Settings = NonNullable<ShowWorldResponse['settings']>;

/** What clients of each kind need to log in to a world, to copy. */
export function SettingsTab({ world }: { readonly world: string }) {
  const user = useSignal('');
  const byLogIn = useSignal(false);
  const input = { params: { name: world }, ...(user.value !== '' && { query: { user: user.value } }) };
  const { value, error } = useResource('showWorld', input);
  const shown = byLogIn.value ? value.value?.settingsByLogIn : value.value?.settings;
  return (
    <>
      <div class="toolbar">
        <label class="inline-field">
          <span>User</span>
          <input
            type="text"
            placeholder="the first user"
            value={user.value}
            onChange={(event) => (user.value = event.currentTarget.value)}
          />
        </label>
        {value.value?.settingsByLogIn != null && (
          <label class="check" title="For clients with a fixed address: the name of the project selects the world">
            <input
              type="checkbox"
              checked={byLogIn.value}
              onChange={(event) => (byLogIn.value = event.currentTarget.checked)}
            />
            World by login name
          </label>
        )}
        <CurlButton id="showWorld" input={input} />
      </div>
      {error.value !== undefined && <div class="callout callout-error">{error.value}</div>}
      {shown === null && <Empty>This world has no users, so that clients cannot log in.</Empty>}
      {shown != null && <Blocks settings={shown} />}
      {value.value?.addresses !== undefined && <Addresses addresses={value.value.addresses} />}
    </>
  );
}

function Blocks({ settings }: { readonly settings: Settings }) {
  const { openstack, clouds, rackspace, huawei } = settings;
  return (
    <div class="blocks">
      <Block title="Shell, OpenStack clients" text={exportsOf(openstack)} />
      <Block title="clouds.yaml" text={cloudsYaml(clouds)} />
      {rackspace !== null && <Block title="Rackspace" text={JSON.stringify(rackspace, null, 2)} />}
      {huawei !== null && <Block title="Huawei Cloud, Open Telekom Cloud" text={JSON.stringify(huawei, null, 2)} />}
    </div>
  );
}

function Block({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <section class="block">
      <header>
        <h3>{title}</h3>
        <button
          type="button"
          class="button button-plain"
          aria-label={`Copy the settings: ${title}`}
          onClick={() => void copy(text, title)}
        >
          Copy
        </button>
      </header>
      <pre>{text}</pre>
    </section>
  );
}

function Addresses({ addresses }: { readonly addresses: Readonly<Record<string, string>> }) {
  return (
    <section>
      <h3>Addresses</h3>
      <dl class="facts">
        {Object.entries(addresses).map(([name, address]) => [
          <dt key={`${name}/name`}>{name}</dt>,
          <dd key={name} class="mono">
            {address}
          </dd>,
        ])}
      </dl>
    </section>
  );
}
