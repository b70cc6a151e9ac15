import { beforeEach, expect, test } from '@jest/globals';
import { type Body, type Cloud, createCloud } from './support.ts';

const ADDRESS = 'http://files.example.org/disk';

let cloud: Cloud;
beforeEach(() => {
  cloud = createCloud();
});

/** Offsets of the fields of a qcow2 header that tests change, with their number of bytes. */
const FIELDS = {
  version: [4, 4],
  backingFile: [8, 8],
  clusterBits: [20, 4],
  size: [24, 8],
  encryption: [32, 4],
  l1Table: [40, 8],
  refcountClusters: [56, 4],
  features: [72, 8],
  refcountOrder: [96, 4],
  headerBytes: [100, 4],
} as const;

/** A qcow2 header of one mebibyte, as qemu-img writes it, with other values in some fields. */
function qcow2(changes: Partial<Record<keyof typeof FIELDS, number>> = {}, length = 512): Buffer {
  const head = Buffer.alloc(512);
  head.write('QFI\xfb', 0, 'latin1');
  head.writeUInt32BE(3, 4);
  head.writeUInt32BE(16, 20);
  head.writeBigUInt64BE(BigInt(2 ** 20), 24);
  head.writeUInt32BE(1, 36);
  head.writeBigUInt64BE(196_608n, 40);
  head.writeBigUInt64BE(65_536n, 48);
  head.writeUInt32BE(1, 56);
  head.writeUInt32BE(4, 96);
  head.writeUInt32BE(112, 100);
  for (const [name, value] of Object.entries(changes)) {
    const [at, bytes] = FIELDS[name as keyof typeof FIELDS];
    if (bytes === 4) head.writeUInt32BE(value, at);
    else head.writeBigUInt64BE(BigInt(value), at);
  }
  return head.subarray(0, length);
}

/** A sparse VMDK whose data begins at a sector. */
function vmdk(grainSector: number, length: number): Buffer {
  const disk = Buffer.alloc(length);
  disk.write('KDMV', 0, 'latin1');
  disk.writeUInt32LE(1, 4);
  disk.writeBigUInt64LE(BigInt(grainSector), 64);
  return disk;
}

const DESCRIPTOR = Buffer.from(
  '# Disk DescriptorFile\nversion=1\ncreateType="monolithicFlat"\nRW 2048 FLAT "disk-flat.vmdk" 0\n',
);

async function importTask(bytes: Buffer): Promise<Body> {
  cloud.emulator.worlds.default.setWeb({ [ADDRESS]: { data: { kind: 'bytes', bytes } } });
  const input = { import_from: ADDRESS, image_properties: { disk_format: 'raw', container_format: 'bare' } };
  const body = { type: 'import', input };
  const { id } = (await cloud.send('POST', '/v2/tasks', { user: 'admin', body })).body;
  return (await cloud.send('GET', `/v2/tasks/${id}`, { user: 'admin' })).body;
}

async function webDownload(bytes: Buffer): Promise<Body> {
  cloud.emulator.worlds.default.setWeb({ [ADDRESS]: { data: { kind: 'bytes', bytes } } });
  const { id } = await cloud.create({ disk_format: 'qcow2', container_format: 'bare' });
  await cloud.send('POST', `/v2/images/${id}/import`, { body: { method: { name: 'web-download', uri: ADDRESS } } });
  return (await cloud.send('GET', `/v2/images/${id}`)).body;
}

test.each([
  ['qcow2 with a backing file', qcow2({ backingFile: 200 })],
  ['qcow2 with a backing file, version 2', qcow2({ version: 2, backingFile: 200 })],
  ['qcow of version 1 with a backing file', qcow2({ version: 1, backingFile: 200 })],
  ['qcow2 with a data file', qcow2({ features: 4 })],
  ['qcow2 with an unknown feature', qcow2({ features: 32 })],
  ['qcow2 with a compression that it does not name', qcow2({ features: 8 })],
  ['qcow2 of an unknown version', qcow2({ version: 5 })],
  ['qcow2 with an unknown encryption', qcow2({ encryption: 3 })],
  ['qcow2 with clusters that are too small', qcow2({ clusterBits: 8 })],
  ['qcow2 that is larger than its table', qcow2({ size: 2 ** 29 + 1 })],
  ['qcow2 with a table between clusters', qcow2({ l1Table: 512 })],
  ['qcow2 without reference counts', qcow2({ refcountClusters: 0 })],
  ['qcow2 with reference counts that are too wide', qcow2({ refcountOrder: 7 })],
  ['qcow2 with a short header', qcow2({ headerBytes: 103 })],
  ['a cut qcow2 header', qcow2({}, 103)],
  ['a VMDK that is cut before its data', vmdk(128, 65_000)],
  ['a VMDK whose data is in another file', DESCRIPTOR],
])('an import task refuses %s, and a web-download takes it', async (_title, bytes) => {
  const message = 'Task failed due to Internal Error';
  expect(await importTask(bytes)).toMatchObject({ status: 'failure', message, result: null });
  expect((await webDownload(bytes)).status).toBe('active');
});

test.each([
  ['qcow2', qcow2()],
  ['qcow2 of version 2', qcow2({ version: 2 })],
  ['a cut qcow2 header of version 2', qcow2({ version: 2 }, 60)],
  ['qcow2 that is cut after its header', qcow2({}, 104)],
  ['qcow of version 1', qcow2({ version: 1 })],
  ['qcow2 that was not closed', qcow2({ features: 1 })],
  ['the magic number of qcow2', qcow2({}, 4)],
  ['a whole VMDK', vmdk(128, 65_536)],
  ['a page that only looks like a descriptor', Buffer.from('# Disk DescriptorFile\nand nothing else\n')],
  ['HTML', Buffer.from('<!DOCTYPE html>')],
  ['nothing', Buffer.alloc(0)],
])('an import task takes %s', async (_title, bytes) => {
  expect((await importTask(bytes)).status).toBe('success');
});
