import type { Contract } from '../contract/contract.ts';

/** An operation of a doubled API, as the admin API shows it. */
export interface ContractView {
  readonly dialect: string;
  readonly operation: string;
  /** Upper case. */
  readonly method: string;
  /** Path template, including the mount. */
  readonly path: string;
  /** Documented statuses. */
  readonly statuses: readonly number[];
}

/** Lists the operations of all doubled APIs. */
export const listContracts = (contracts: readonly Contract[]): readonly ContractView[] =>
  contracts.flatMap((contract) =>
    Object.entries(contract.operations).map(([operation, { method, mount, path, statuses }]) => ({
      dialect: contract.name,
      operation,
      method: method.toUpperCase(),
      path: (mount ?? contract.mount) + path,
      statuses,
    })),
  );
