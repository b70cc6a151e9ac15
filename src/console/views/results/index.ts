import type { View } from '../view.ts';
import { ResultsView } from './results-view.tsx';

/** The results of a sweep or of conformance cases, as a matrix of verdicts. */
export const RESULTS: View = {
  id: 'results',
  title: 'Results',
  hint: 'Verdicts of a sweep or of conformance cases, from their JSON file',
  kinds: ['live', 'recording'],
  component: ResultsView,
};
