/** What the page remembers about its user: theme, and how times are shown. */
import { effect, signal } from '@preact/signals';

/** How times are shown: since the first request, by the machine's clock, or by the world's clock. */
export const TIME_MODES = ['relative', 'wall', 'world'] as const;

/** One of `TIME_MODES`. */
export type TimeMode = (typeof TIME_MODES)[number];

/** Colors: those of the system, dark or light. */
export const THEMES = ['system', 'dark', 'light'] as const;

function remembered<Value extends string>(name: string, allowed: readonly Value[], initial: Value) {
  const key = `sideglance-console-${name}`;
  let stored: string | null = null;
  try {
    stored = localStorage.getItem(key);
  } catch {
    // Pages without storage begin with the defaults.
  }
  const value = signal<Value>(allowed.find((each) => each === stored) ?? initial);
  effect(() => {
    try {
      localStorage.setItem(key, value.value);
    } catch {
      // As above.
    }
  });
  return value;
}

/** How times are shown. */
export const timeMode = remembered('time', TIME_MODES, 'relative');
/** The colors. */
export const theme = remembered('theme', THEMES, 'system');

/** Changes after the colors of the page have changed. */
export const colorsVersion = signal(0);

/** Shows the colors of the theme. */
export function startTheme(): void {
  const change = (): void => {
    colorsVersion.value = colorsVersion.peek() + 1;
  };
  effect(() => {
    document.documentElement.dataset['theme'] = theme.value;
    change();
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', change);
}
