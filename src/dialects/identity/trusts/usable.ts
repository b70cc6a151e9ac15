import type { TrustRecord } from '../../../identity/records/record.ts';
import { findUsableTrust } from '../../../identity/records/trusts.ts';
import type { RecordRequest } from '../records/record-request.ts';

/** Returns a trust that has not expired and can still give tokens; lists contain the others too. */
export const usableTrust = (id: string, { records, context }: RecordRequest): TrustRecord | undefined =>
  findUsableTrust(records, id, context.cloud.clock.now());
