import { useRef } from 'preact/hooks';

/** What a button for files does. */
export interface PickFileProps {
  readonly label: string;
  /** Is called with each file. */
  readonly onPick: (file: File) => void;
  /** Whether several files can be chosen at once. */
  readonly isMultiple?: boolean;
}

/** A button that lets the user choose files, which stay in the page. */
export function PickFile({ label, onPick, isMultiple = false }: PickFileProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" class="button button-plain" onClick={() => input.current?.click()}>
        {label}
      </button>
      <input
        ref={input}
        type="file"
        class="hidden-file"
        aria-label={`${label}: file`}
        tabIndex={-1}
        multiple={isMultiple}
        accept=".json,application/json"
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = '';
          for (const file of files) onPick(file);
        }}
      />
    </>
  );
}
