import { asLive } from '../session/live.ts';
import { type Connection, session } from '../session/session.ts';
import { backToServer, hasServer } from '../state/open.ts';
import { THEMES, theme } from '../state/preferences.ts';
import { route, showView } from '../state/route.ts';
import { viewsFor } from '../views/index.ts';
import { FileButton } from './file-button.tsx';
import { isPaletteOpen } from './palette-state.ts';

const CONNECTIONS: Readonly<Record<Connection, string>> = {
  connecting: 'connecting',
  open: 'live',
  lost: 'connection lost',
  unauthorized: 'token required',
};

/** Name of what is shown, the views, and what belongs to the whole page. */
export function Header() {
  const current = session.value;
  return (
    <header class="header">
      <button type="button" class="skip" onClick={() => document.getElementById('main')?.focus()}>
        Skip to content
      </button>
      <span class="brand">
        <Logo />
        <span class="brand-name">Sideglance</span>
      </span>
      {current !== undefined && <Subject />}
      {current !== undefined && <Navigation />}
      <div class="header-tools">
        <button
          type="button"
          class="button button-quiet palette-button"
          aria-label="Command palette, Ctrl K"
          title="Command palette (Ctrl+K)"
          onClick={() => (isPaletteOpen.value = true)}
        >
          <span aria-hidden="true">⌘</span> <kbd>Ctrl K</kbd>
        </button>
        {current?.kind === 'recording' && hasServer() && (
          <button type="button" class="button button-quiet" onClick={backToServer}>
            Live
          </button>
        )}
        <FileButton kind="quiet">Open</FileButton>
        <ThemeButton />
      </div>
    </header>
  );
}

function Logo() {
  return (
    <svg class="logo" viewBox="0 0 16 16" aria-hidden="true">
      <path
        d="M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8Z"
        fill="none"
        stroke="currentColor"
        stroke-width="1.4"
      />
      <circle cx="10" cy="8" r="2.2" fill="currentColor" />
    </svg>
  );
}

function Subject() {
  const current = session.value;
  if (current === undefined) return null;
  const facts = current.facts.value.map(([name, text]) => `${name}: ${text}`).join('\n');
  const live = asLive(current);
  const state = live === undefined ? 'recording' : CONNECTIONS[live.connection.value];
  return (
    <span class="subject" title={facts}>
      <span class={`state state-${live === undefined ? 'recording' : live.connection.value}`}>{state}</span>
      <span class="subject-title">{current.title.value}</span>
    </span>
  );
}

function Navigation() {
  const views = viewsFor(session.value?.kind ?? 'live');
  const shown = views.some(({ id }) => id === route.value.view) ? route.value.view : views[0]?.id;
  if (views.length < 2) return null;
  return (
    <nav class="navigation" aria-label="Views">
      {views.map(({ id, title, hint }) => (
        <a
          key={id}
          href={`#${id}`}
          title={hint}
          aria-current={id === shown ? 'page' : undefined}
          onClick={(event) => {
            event.preventDefault();
            showView(id);
          }}
        >
          {title}
        </a>
      ))}
    </nav>
  );
}

function ThemeButton() {
  const next = THEMES[(THEMES.indexOf(theme.value) + 1) % THEMES.length] ?? 'system';
  const icons = { system: '◐', dark: '●', light: '○' };
  return (
    <button
      type="button"
      class="button button-quiet"
      aria-label={`Colors: ${theme.value}. Change to ${next}`}
      title={`Colors: ${theme.value}`}
      onClick={() => (theme.value = next)}
    >
      {icons[theme.value]}
    </button>
  );
}
