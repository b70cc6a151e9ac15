import { session } from '../../session/session.ts';
import { selected } from '../../state/filter.ts';
import { Timeline } from '../../timeline/timeline.tsx';
import { Chips } from './chips.tsx';
import { Detail } from './detail/detail.tsx';
import { HeldBar } from './held/held-bar.tsx';
import { RequestList } from './request-list.tsx';
import { SearchBar } from './search-bar.tsx';
import { Summary } from './summary.tsx';

/** The timeline, the list of requests, and the details of the selected one. */
export function RequestsView() {
  const current = session.value;
  if (current === undefined) return null;
  const index = selected.value === undefined ? -1 : current.entries.indexOf(selected.value);
  void current.entries.version.value;
  const entry = current.entries.at(index);
  return (
    <div class={entry === undefined ? 'requests' : 'requests has-detail'}>
      <div class="requests-bar">
        <SearchBar />
        <Chips />
        <Summary />
      </div>
      <HeldBar />
      <Timeline key={current} session={current} />
      <div class="requests-panes">
        <RequestList />
        {entry !== undefined && <Detail key={selected.value} entry={entry} session={current} />}
      </div>
    </div>
  );
}
