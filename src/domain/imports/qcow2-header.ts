/** Bits of the incompatible features of qcow2. */
const FEATURES = { externalData: 4n, compression: 8n, extendedL2: 16n, known: 31n } as const;

const MAX_REFCOUNT_TABLE_BYTES = 8 * 2 ** 20;

/** The fields of a qcow2 header that decide whether a disk can be opened. Fields past the end of the data are zero. */
interface Qcow2Header {
  readonly version: number;
  readonly clusterBytes: number;
  readonly features: bigint;
  readonly bytes: Buffer;
}

/**
 * Whether a qcow2 disk cannot be opened, or refers to other files. Only the header is checked: disks that are cut after it
 * can be opened.
 * @param head - first bytes of the disk, filled with zeros up to 512.
 */
export function isQcow2Rejected(head: Buffer): boolean {
  const version = head.readUInt32BE(4);
  const clusterBits = head.readUInt32BE(20);
  const hasBackingFile = head.readBigUInt64BE(8) !== 0n;
  // Without a version the data counts as raw. Version 1 is another format with the same magic number.
  if (version === 0) return false;
  if (version === 1) return hasBackingFile;
  if (version > 3 || hasBackingFile || clusterBits < 9 || clusterBits > 21) return true;
  const features = version === 3 ? head.readBigUInt64BE(72) : 0n;
  const header = { version, clusterBytes: 2 ** clusterBits, features, bytes: head };
  return isEncrypted(header) || hasBadFeatures(header) || hasBadTables(header);
}

const isEncrypted = ({ bytes }: Qcow2Header): boolean => bytes.readUInt32BE(32) > 1;

/** Checks what version 3 added. */
function hasBadFeatures({ version, clusterBytes, features, bytes }: Qcow2Header): boolean {
  if (version < 3) return false;
  const headerBytes = bytes.readUInt32BE(100);
  if (headerBytes < 104 || headerBytes > clusterBytes || bytes.readUInt32BE(96) > 6) return true;
  if ((features & ~FEATURES.known) !== 0n || (features & FEATURES.externalData) !== 0n) return true;
  const hasCompressionType = headerBytes > 104 && bytes.readUInt8(104) !== 0;
  return hasCompressionType !== ((features & FEATURES.compression) !== 0n);
}

/** Checks the tables that locate the clusters. */
function hasBadTables({ clusterBytes, features, bytes }: Qcow2Header): boolean {
  const clusterSize = BigInt(clusterBytes);
  const isAligned = (offset: number): boolean => bytes.readBigUInt64BE(offset) % clusterSize === 0n;
  if (!isAligned(40) || !isAligned(48)) return true;
  const refcountClusters = bytes.readUInt32BE(56);
  if (refcountClusters === 0 || refcountClusters * clusterBytes > MAX_REFCOUNT_TABLE_BYTES) return true;
  const entryBytes = (features & FEATURES.extendedL2) === 0n ? 8n : 16n;
  const bytesPerL1Entry = (clusterSize / entryBytes) * clusterSize;
  return BigInt(bytes.readUInt32BE(36)) * bytesPerL1Entry < bytes.readBigUInt64BE(24);
}
