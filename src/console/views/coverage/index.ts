import type { View } from '../view.ts';
import { CoverageView } from './coverage-view.tsx';

/** Which documented responses clients have received, as a heat map. */
export const COVERAGE: View = {
  id: 'coverage',
  title: 'Coverage',
  hint: 'Which documented responses clients have received',
  kinds: ['live', 'recording'],
  component: CoverageView,
};
