import { useId } from 'preact/hooks';

interface FieldProps {
  /** Id of the element; a generated one when omitted. */
  readonly id?: string;
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly onChange: (value: string) => void;
}

/** A field of one line with its label. */
export function Field({ id: given, label, value, placeholder = '', onChange }: FieldProps) {
  const generated = useId();
  const id = given ?? generated;
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
export function TextArea(props: Omit<FieldProps, 'id'> & { readonly rows?: number; readonly disabled?: boolean }) {
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
