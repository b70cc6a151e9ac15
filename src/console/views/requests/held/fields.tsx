import { useId } from 'preact/hooks';

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly onChange: (value: string) => void;
}

/** A field of one line with its label. */
export function Field({ label, value, placeholder = '', onChange }: FieldProps) {
  const id = useId();
  return (
    <>
      <label for={id}>{label}</label>
      <input
        id={id}
        type="text"
        placeholder={placeholder}
        value={value}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </>
  );
}

/** A field of several lines with its label. */
export function TextArea(props: FieldProps & { readonly rows?: number; readonly disabled?: boolean }) {
  const { label, value, placeholder = '', rows = 3, disabled = false, onChange } = props;
  const id = useId();
  return (
    <>
      <label for={id}>{label}</label>
      <textarea
        id={id}
        rows={rows}
        spellcheck={false}
        placeholder={placeholder}
        disabled={disabled}
        value={value}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </>
  );
}
