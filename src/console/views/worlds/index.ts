import { showView } from '../../state/route.ts';
import type { View } from '../view.ts';
import { WorldsView } from './worlds-view.tsx';

/** Worlds with their images, tasks, snapshots, clock and client settings. */
export const WORLDS: View = {
  id: 'worlds',
  title: 'Worlds',
  hint: 'Worlds with their images, tasks, snapshots, clock and client settings',
  kinds: ['live', 'recording'],
  component: WorldsView,
  commands: () => [
    { title: 'Show the images of the default world', hint: 'Worlds', run: () => showView('worlds', 'default/images') },
    { title: 'Show tasks and advance them', hint: 'Worlds', run: () => showView('worlds', 'default/tasks') },
    { title: 'Freeze or move the clock', hint: 'Worlds', run: () => showView('worlds', 'default/clock') },
    { title: 'Copy client settings', hint: 'Worlds', run: () => showView('worlds', 'default/settings') },
  ],
};
