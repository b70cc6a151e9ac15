/** A place that image data can go to. */
export interface Store {
  readonly id: string;
  readonly description?: string;
  /** Takes what names no store. */
  readonly isDefault?: true;
  readonly isReadOnly?: true;
  /** `file`, `rbd`, `swift` and the like; `file` where it is not said. */
  readonly type?: string;
  readonly weight?: number;
  /** Particulars that only administrators see. */
  readonly properties?: Readonly<Record<string, string | number | boolean>>;
}

/** The stores of a world that names none. A world with an empty list has a single store, which has no name. */
export const DEFAULT_STORES: readonly Store[] = [
  {
    id: 'store1',
    isDefault: true,
    type: 'file',
    properties: { data_dir: '/var/lib/glance/store1', chunk_size: 65_536, thin_provisioning: false },
  },
  {
    id: 'store2',
    type: 'file',
    properties: { data_dir: '/var/lib/glance/store2', chunk_size: 65_536, thin_provisioning: false },
  },
];

/** Id of the store that takes what names none; `undefined` where there is a single one without a name. */
export const defaultStoreOf = (stores: readonly Store[]): string | undefined =>
  (stores.find(({ isDefault }) => isDefault === true) ?? stores[0])?.id;
