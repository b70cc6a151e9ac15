import { signal } from '@preact/signals';

/** Whether the command palette is shown. */
export const isPaletteOpen = signal(false);
