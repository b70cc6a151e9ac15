import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { session } from '../session/session.ts';
import { startAddress } from '../state/address.ts';
import { startFilter } from '../state/filter.ts';
import { openFile, openProblem, reading } from '../state/open.ts';
import { startTheme } from '../state/preferences.ts';
import { route } from '../state/route.ts';
import { Notices } from '../ui/notices.tsx';
import { viewsFor } from '../views/index.ts';
import { Header } from './header.tsx';
import { startKeys } from './keys.ts';
import { Palette } from './palette.tsx';
import { Problem } from './problem.tsx';
import { TokenForm } from './token-form.tsx';
import { Welcome } from './welcome.tsx';

startTheme();
startFilter();
startAddress();

/** The whole page. */
export function App() {
  const isDropping = useDrop();
  useEffect(startKeys, []);
  return (
    <div class={isDropping ? 'app is-dropping' : 'app'}>
      <Header />
      {openProblem.value !== undefined && <Problem problem={openProblem.value} />}
      {reading.value !== undefined && <Reading />}
      <main id="main" class="main" tabIndex={-1}>
        <Content />
      </main>
      <Palette />
      <Notices />
      {isDropping && <div class="drop-hint">Drop a recording to open it</div>}
    </div>
  );
}

function Content() {
  const current = session.value;
  if (current === undefined) return reading.value === undefined ? <Welcome /> : null;
  if (current.connection.value === 'unauthorized') return <TokenForm />;
  const views = viewsFor(current.kind);
  const view = views.find(({ id }) => id === route.value.view) ?? views[0];
  if (view === undefined) return null;
  return (
    <>
      <h1 class="hidden-label">{view.title}</h1>
      <view.component />
    </>
  );
}

function Reading() {
  const { file, requests } = reading.value ?? { file: '', requests: 0 };
  return (
    <div class="reading" role="status">
      Reading {file}
      {requests > 0 && `: ${requests.toLocaleString('en-US')} requests`}
    </div>
  );
}

/** Opens files that are dropped on the page. */
function useDrop(): boolean {
  const isDropping = useSignal(false);
  useEffect(() => {
    const over = (event: DragEvent): void => {
      event.preventDefault();
      isDropping.value = true;
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) isDropping.value = false;
    };
    const drop = (event: DragEvent): void => {
      event.preventDefault();
      isDropping.value = false;
      const file = event.dataTransfer?.files[0];
      if (file !== undefined) void openFile(file);
    };
    addEventListener('dragover', over);
    addEventListener('dragleave', leave);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragover', over);
      removeEventListener('dragleave', leave);
      removeEventListener('drop', drop);
    };
  }, [isDropping]);
  return isDropping.value;
}
