import { query, timeRange } from '../../state/filter.ts';
import type { View } from '../view.ts';
import { RequestsView } from './requests-view.tsx';

/** The timeline, the list of requests, and the details of one. */
export const REQUESTS: View = {
  id: 'requests',
  title: 'Requests',
  hint: 'Timeline, list and details of requests',
  kinds: ['live', 'recording'],
  component: RequestsView,
  commands: () => [
    { title: 'Show errors only', hint: 'status:4xx,5xx,0', run: () => (query.value = 'status:4xx,5xx,0') },
    { title: 'Show injected responses only', hint: 'source:injected', run: () => (query.value = 'source:injected') },
    { title: 'Show retries only', hint: 'attempt:>1', run: () => (query.value = 'attempt:>1') },
    {
      title: 'Clear the filters',
      run: () => {
        query.value = '';
        timeRange.value = undefined;
      },
    },
  ],
};
