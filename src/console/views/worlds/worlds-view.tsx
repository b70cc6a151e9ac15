import { asLive } from '../../session/live.ts';
import { RecordedSession } from '../../session/recorded.ts';
import { session } from '../../session/session.ts';
import { useLiveResource } from '../../state/resource.ts';
import { route, showView } from '../../state/route.ts';
import { CurlButton } from '../../ui/action.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { ClockTab } from './clock-tab.tsx';
import { ImagesTab } from './images/images-tab.tsx';
import { NewWorld } from './new-world.tsx';
import { RecordedWorld } from './recorded-world.tsx';
import { SettingsTab } from './settings-tab.tsx';
import { SnapshotsTab } from './snapshots-tab.tsx';
import { TasksTab } from './tasks-tab.tsx';
import { WorldActions } from './world-actions.tsx';

const TABS = [
  { id: 'images', title: 'Images' },
  { id: 'tasks', title: 'Tasks' },
  { id: 'snapshots', title: 'Snapshots' },
  { id: 'clock', title: 'Clock' },
  { id: 'settings', title: 'Client settings' },
];

/** The worlds of a server, or the one of a recording. */
export function WorldsView() {
  const current = session.value;
  if (current instanceof RecordedSession) return <RecordedWorld recording={current.recording} />;
  return asLive(current) === undefined ? null : <LiveWorlds />;
}

function LiveWorlds() {
  const { value, error } = useLiveResource('listWorlds', {});
  const worlds = value.value?.worlds ?? [];
  const [name = '', tab = ''] = route.value.detail.split('/');
  const shown = worlds.find((world) => world.name === name) ?? worlds[0];
  const tabId = TABS.some(({ id }) => id === tab) ? tab : 'images';
  return (
    <div class="split">
      <nav class="split-side" aria-label="Worlds">
        <div class="side-head">
          <h2 class="view-name">Worlds</h2>
          <CurlButton id="listWorlds" input={{}} />
        </div>
        {error.value !== undefined && <div class="callout callout-error">{error.value}</div>}
        <ul class="side-list">
          {worlds.map((world) => (
            <li key={world.name}>
              <a
                href={`#worlds/${world.name}`}
                aria-current={world === shown ? 'true' : undefined}
                onClick={(event) => {
                  event.preventDefault();
                  showView('worlds', `${world.name}/${tabId}`);
                }}
              >
                <b>{world.name}</b>
                <span class="quiet">seed {world.seed}</span>
              </a>
            </li>
          ))}
        </ul>
        <NewWorld worlds={worlds.map((world) => world.name)} from={shown?.name ?? 'default'} />
      </nav>
      {shown !== undefined && (
        <section class="split-main" key={shown.name} aria-label={`World ${shown.name}`}>
          <WorldActions name={shown.name} url={shown.url} />
          <Tabs
            label={`World ${shown.name}`}
            tabs={TABS}
            selected={tabId}
            onSelect={(id) => showView('worlds', `${shown.name}/${id}`)}
          >
            <TabContent id={tabId} world={shown.name} />
          </Tabs>
        </section>
      )}
    </div>
  );
}

function TabContent({ id, world }: { readonly id: string; readonly world: string }) {
  switch (id) {
    case 'tasks':
      return <TasksTab world={world} />;
    case 'snapshots':
      return <SnapshotsTab world={world} />;
    case 'clock':
      return <ClockTab world={world} />;
    case 'settings':
      return <SettingsTab world={world} />;
    default:
      return <ImagesTab world={world} />;
  }
}
