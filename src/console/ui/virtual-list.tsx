/** A list that only draws the rows that are visible, so that it takes 100,000 rows as easily as ten. */
import { type ReadonlySignal, useSignal } from '@preact/signals';
import { type ComponentChildren, Fragment } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

/** What a list shows. */
export interface VirtualListProps {
  /** Name for screen readers. */
  readonly label: string;
  readonly length: number;
  /** Height of a row in pixels. */
  readonly rowHeight: number;
  /** Draws a row; the element must be as high as `rowHeight`, and has no key: elements of rows are used again. */
  readonly row: (index: number) => ComponentChildren;
  /** Index of the selected row; -1 for none. */
  readonly selected: number;
  readonly onSelect: (index: number) => void;
  /** Opens the selected row, on Enter. */
  readonly onOpen?: (index: number) => void;
  /** Whether the list scrolls along with new rows, while its end is visible. */
  readonly follows?: ReadonlySignal<boolean>;
  /** Id of the element of a row, for screen readers. */
  readonly idOf: (index: number) => string;
}

/** Rows that are drawn beyond the visible ones. */
const SPARE = 6;

/** Draws the visible rows of a list. */
export function VirtualList(props: VirtualListProps) {
  const { label, length, rowHeight, selected, follows } = props;
  const element = useRef<HTMLDivElement>(null);
  const view = useSignal({ top: 0, height: 600 });
  const isAtEnd = useRef(true);

  useEffect(() => {
    const list = element.current;
    if (list === null) return undefined;
    const observer = new ResizeObserver(() => {
      view.value = { top: list.scrollTop, height: list.clientHeight };
    });
    observer.observe(list);
    return () => observer.disconnect();
  }, [view]);

  useLayoutEffect(() => {
    const list = element.current;
    if (list !== null && isAtEnd.current && follows?.peek() === true) list.scrollTop = length * rowHeight;
  }, [length, rowHeight, follows]);

  useLayoutEffect(() => {
    if (element.current !== null && selected >= 0) reveal(element.current, selected * rowHeight, rowHeight);
  }, [selected, rowHeight]);

  const onScroll = (): void => {
    const list = element.current;
    if (list === null) return;
    isAtEnd.current = list.scrollTop + list.clientHeight >= list.scrollHeight - rowHeight;
    view.value = { top: list.scrollTop, height: list.clientHeight };
  };

  const { top, height } = view.value;
  const first = Math.max(0, Math.min(Math.floor(top / rowHeight) - SPARE, length - 1));
  const last = Math.min(length, Math.ceil((top + height) / rowHeight) + SPARE);
  const rows = [];
  const ring = Math.ceil(height / rowHeight) + 2 * SPARE + 2;
  for (let index = first; index < last; index += 1) {
    rows.push(<Fragment key={index % ring}>{props.row(index)}</Fragment>);
  }
  return (
    <div
      ref={element}
      class="virtual-list"
      role="listbox"
      tabIndex={0}
      aria-label={label}
      aria-activedescendant={selected >= first && selected < last ? props.idOf(selected) : undefined}
      onScroll={onScroll}
      onKeyDown={(event) => onKey(event, props, Math.floor(height / rowHeight))}
    >
      <div role="presentation" style={{ height: `${first * rowHeight}px` }} />
      {rows}
      <div role="presentation" style={{ height: `${Math.max(0, length - last) * rowHeight}px` }} />
    </div>
  );
}

/** Scrolls as little as possible. */
function reveal(list: HTMLElement, top: number, height: number): void {
  if (top < list.scrollTop) list.scrollTop = top;
  else if (top + height > list.scrollTop + list.clientHeight) list.scrollTop = top + height - list.clientHeight;
}

function onKey(event: KeyboardEvent, { length, selected, onSelect, onOpen }: VirtualListProps, page: number): void {
  if (event.key === 'Enter' && selected >= 0) {
    event.preventDefault();
    onOpen?.(selected);
    return;
  }
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: selected + 1,
    ArrowUp: selected < 0 ? length - 1 : selected - 1,
    j: selected + 1,
    k: selected - 1,
    PageDown: selected + page,
    PageUp: selected - page,
    Home: 0,
    End: length - 1,
  };
  const target = targets[event.key];
  if (target === undefined || event.ctrlKey || event.metaKey || event.altKey || length === 0) return;
  event.preventDefault();
  onSelect(Math.max(0, Math.min(length - 1, target)));
}
