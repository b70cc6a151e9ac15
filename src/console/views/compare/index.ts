import type { View } from '../view.ts';
import { CompareView } from './compare-view.tsx';

/** Two runs side by side. */
export const COMPARE: View = {
  id: 'compare',
  title: 'Compare',
  hint: 'Two runs side by side: what is shown, and a recording',
  kinds: ['live', 'recording'],
  component: CompareView,
};
