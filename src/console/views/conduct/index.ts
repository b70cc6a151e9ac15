import type { View } from '../view.ts';
import { ConductView } from './conduct-view.tsx';

/** What clients did wrong, with the requests that show it. */
export const CONDUCT: View = {
  id: 'conduct',
  title: 'Conduct',
  hint: 'What clients did wrong, with the requests that show it',
  kinds: ['live', 'recording'],
  component: ConductView,
};
