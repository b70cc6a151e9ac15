import { useRef } from 'preact/hooks';

/** A button that lets the user choose a file, which stays in the page. */
export function PickFile({ label, onPick }: { readonly label: string; readonly onPick: (file: File) => void }) {
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
        accept=".json,application/json"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (file !== undefined) onPick(file);
        }}
      />
    </>
  );
}
