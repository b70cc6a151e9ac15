/** The colors of the style sheet, for the canvas. */

const NAMES = [
  'accent',
  'bg',
  'bg-raised',
  'bg-selected',
  'border',
  'client',
  'injected',
  'none',
  'ok',
  'redirect',
  'server',
  'text',
  'text-quiet',
] as const;

/** Colors by their names in the style sheet. */
export type Colors = Readonly<Record<(typeof NAMES)[number], string>>;

/** Reads the colors of the current theme. */
export function readColors(element: HTMLElement): Colors {
  const probe = document.createElement('span');
  element.append(probe);
  const read = (name: string): string => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const colors = Object.fromEntries(NAMES.map((name) => [name, read(name)])) as Colors;
  probe.remove();
  return colors;
}
