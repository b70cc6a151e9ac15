/** Which view is shown, as the fragment of the address says: `#requests`, `#scenarios/image-v2.createImage.413`. */
import { signal } from '@preact/signals';

/** A place in the page. */
export interface Route {
  readonly view: string;
  /** What the view shows, after a slash. */
  readonly detail: string;
}

function readRoute(): Route {
  const [view = '', ...rest] = decodeURIComponent(location.hash.slice(1)).split('/');
  return { view: view === '' ? 'requests' : view, detail: rest.join('/') };
}

/** The current place. */
export const route = signal<Route>(readRoute());

/** Shows a view. */
export function showView(view: string, detail = ''): void {
  const hash = detail === '' ? `#${view}` : `#${view}/${encodeURIComponent(detail)}`;
  if (location.hash !== hash) history.pushState(null, '', hash);
  route.value = { view, detail };
}

addEventListener('hashchange', () => {
  route.value = readRoute();
});
addEventListener('popstate', () => {
  route.value = readRoute();
});
