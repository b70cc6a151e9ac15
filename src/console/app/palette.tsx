/** The command palette: every view, every command of the views, and what belongs to the whole page. */
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { asLive } from '../session/live.ts';
import { session } from '../session/session.ts';
import { THEMES, TIME_MODES, theme, timeMode } from '../state/preferences.ts';
import { showView } from '../state/route.ts';
import { Dialog } from '../ui/dialog.tsx';
import { viewsFor } from '../views/index.ts';
import type { Command } from '../views/view.ts';
import { isPaletteOpen } from './palette-state.ts';

/** Most commands that are shown. */
const MAX_SHOWN = 12;

/** The command palette, while it is open. */
export function Palette() {
  return isPaletteOpen.value ? <OpenPalette /> : null;
}

function OpenPalette() {
  const text = useSignal('');
  const at = useSignal(0);
  const id = useId();
  const close = (): void => {
    isPaletteOpen.value = false;
  };
  const shown = matching(commands(), text.value);
  const run = (command: Command | undefined): void => {
    if (command === undefined) return;
    close();
    command.run();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) at.value = (at.value + step + shown.length) % Math.max(1, shown.length);
    else if (event.key === 'Enter') run(shown[at.value]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title="Command palette" class="palette" onClose={close}>
      <input
        class="palette-input"
        type="text"
        role="combobox"
        aria-label="Command"
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={`${id}-${at.value}`}
        placeholder="Go to a view, or run a command"
        autocomplete="off"
        value={text.value}
        onInput={(event) => {
          text.value = event.currentTarget.value;
          at.value = 0;
        }}
        onKeyDown={onKeyDown}
      />
      <div id={id} class="palette-list" role="listbox" tabIndex={-1} aria-label="Commands">
        {shown.map((command, index) => (
          <div
            key={command.title}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at.value}
            onClick={() => run(command)}
            onKeyDown={onKeyDown}
          >
            <span>{command.title}</span>
            {command.hint !== undefined && <span class="quiet">{command.hint}</span>}
          </div>
        ))}
      </div>
    </Dialog>
  );
}

/** The commands whose titles contain all words of a text. */
function matching(all: readonly Command[], text: string): readonly Command[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return all
    .filter(({ title, hint = '' }) => words.every((word) => `${title} ${hint}`.toLowerCase().includes(word)))
    .slice(0, MAX_SHOWN);
}

function commands(): readonly Command[] {
  const current = session.value;
  const views = current === undefined ? [] : viewsFor(current.kind);
  const live = asLive(current);
  return [
    ...views.map(({ id, title, hint }): Command => ({ title: `Go to ${title}`, hint, run: () => showView(id) })),
    ...views.flatMap((view) => view.commands?.() ?? []),
    ...(live === undefined
      ? []
      : [
          {
            title: live.isPaused.value ? 'Resume the live view' : 'Pause the live view',
            run: () => live.pause(!live.isPaused.peek()),
          },
        ]),
    ...TIME_MODES.filter((mode) => mode !== timeMode.value).map(
      (mode): Command => ({ title: `Show times: ${mode}`, run: () => (timeMode.value = mode) }),
    ),
    ...THEMES.filter((each) => each !== theme.value).map(
      (each): Command => ({ title: `Colors: ${each}`, run: () => (theme.value = each) }),
    ),
  ];
}
