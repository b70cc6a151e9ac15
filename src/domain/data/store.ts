/** A store that takes image data. */
export interface Store {
  readonly id: string;
  readonly description?: string;
  /** Takes data that names no store. */
  readonly isDefault?: true;
  readonly isReadOnly?: true;
  /** Kind of backend: `file`, `rbd` and so on. Default: `file`. */
  readonly type?: string;
  readonly weight?: number;
  /** Details that only administrators see. */
  readonly properties?: Readonly<Record<string, string | number | boolean>>;
}

/** Id of the store that takes data that names none; `undefined` for a single store without a name. */
export const defaultStoreOf = (stores: readonly Store[]): string | undefined =>
  (stores.find(({ isDefault }) => isDefault === true) ?? stores[0])?.id;
