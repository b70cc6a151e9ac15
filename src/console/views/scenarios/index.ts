import { showView } from '../../state/route.ts';
import type { View } from '../view.ts';
import { ScenariosView } from './scenarios-view.tsx';

/** Scenarios: the library, one-off faults, and an editor. */
export const SCENARIOS: View = {
  id: 'scenarios',
  title: 'Scenarios',
  hint: 'Enable scenarios, arm one-off faults, write rules',
  kinds: ['live'],
  component: ScenariosView,
  commands: () => [
    { title: 'Arm a one-off fault', hint: 'Scenarios', run: () => showView('scenarios', 'fault/') },
    { title: 'Write a scenario', hint: 'Scenarios', run: () => showView('scenarios', 'write/') },
    { title: 'Show what is enabled, and what never fired', hint: 'Scenarios', run: () => showView('scenarios') },
  ],
};
