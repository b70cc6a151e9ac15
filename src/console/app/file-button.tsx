import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { openFile } from '../state/open.ts';

/** A button that opens a recording from a file. */
export function FileButton({
  kind,
  children,
}: {
  readonly kind: 'quiet' | 'primary';
  readonly children: ComponentChildren;
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        class={`button button-${kind}`}
        title="Open a recording"
        onClick={() => input.current?.click()}
      >
        {children}
      </button>
      <input
        ref={input}
        type="file"
        class="hidden-file"
        aria-label="Recording file"
        tabIndex={-1}
        accept=".json,application/json"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (file !== undefined) void openFile(file);
        }}
      />
    </>
  );
}
