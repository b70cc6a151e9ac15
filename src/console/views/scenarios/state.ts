import { signal } from '@preact/signals';

/** The world whose scenarios are shown. */
export const world = signal('default');
/** What the library is filtered by. */
export const filter = {
  text: signal(''),
  theme: signal(''),
  operation: signal(''),
  status: signal(''),
};

/** The theme of a scenario: the name of the file that it came from. */
export const themeOf = (place: string): string =>
  place.includes('/answers/') ? 'each documented status' : (/([^/\\]+)\.\w+$/.exec(place)?.[1] ?? place);
