/**
 * Keeps what is selected of the requests in the address, so that it can be shared and that "back" restores it:
 * `#requests/q=status:503&entry=default/17&from=...&to=...`.
 */
import { effect } from '@preact/signals';
import { query, selected, timeRange } from './filter.ts';
import { route } from './route.ts';

const VIEW = '#requests';
/** Time after the last change until the address follows, in milliseconds: browsers limit how often it may. */
const DELAY = 200;

function current(): string {
  const values = new URLSearchParams();
  if (query.value !== '') values.set('q', query.value);
  if (selected.value !== undefined) values.set('entry', selected.value);
  if (timeRange.value !== undefined) {
    values.set('from', timeRange.value.from.toFixed(1));
    values.set('to', timeRange.value.to.toFixed(1));
  }
  const text = values.toString().replaceAll('%3A', ':').replaceAll('%2F', '/').replaceAll('%2C', ',');
  return text === '' ? VIEW : `${VIEW}/${text}`;
}

/** Selects what the address names. */
function take(): void {
  const values = new URLSearchParams(location.hash.slice(VIEW.length + 1));
  const [from, to] = [Number(values.get('from') ?? Number.NaN), Number(values.get('to') ?? Number.NaN)];
  query.value = values.get('q') ?? '';
  selected.value = values.get('entry') ?? undefined;
  timeRange.value = from < to ? { from, to } : undefined;
}

/** Follows the address, and lets it follow what is selected. */
export function startAddress(): void {
  if (location.hash.startsWith(`${VIEW}/`)) take();
  addEventListener('popstate', () => {
    if (route.peek().view === 'requests') take();
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  effect(() => {
    const wanted = current();
    clearTimeout(timer);
    if (route.value.view !== 'requests') return;
    timer = setTimeout(() => {
      if ((location.hash || VIEW) !== wanted) history.replaceState(null, '', wanted);
    }, DELAY);
  });
}
