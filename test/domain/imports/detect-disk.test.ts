import { Readable } from 'node:stream';
import { expect, test } from '@jest/globals';
import type { ImageData } from '../../../src/domain/data/image-data.ts';
import { detectDisk } from '../../../src/domain/imports/detect-disk.ts';
import { isOva } from '../../../src/domain/imports/ova.ts';

const blobs = {
  open: (data: ImageData, start = 0, end = Number.POSITIVE_INFINITY) =>
    Readable.from([data.kind === 'bytes' ? data.bytes.subarray(start, end + 1) : Buffer.alloc(0)]),
};

const dataOf = (bytes: Buffer) => ({ data: { kind: 'bytes', bytes } as const, sizeBytes: bytes.length });

/** A file of 1024 bytes that begins with some text and has numbers in it. */
function fileOf(magic: string, write: (bytes: Buffer) => void): Buffer {
  const bytes = Buffer.alloc(1024);
  bytes.write(magic, 'latin1');
  write(bytes);
  return bytes;
}

const MIB = 1024 ** 2;

test.each([
  ['qcow2', 3 * MIB, fileOf('QFI\xfb\0\0\0\x03', (bytes) => bytes.writeBigUInt64BE(BigInt(3 * MIB), 24))],
  ['qcow', 3 * MIB, fileOf('QFI\xfb\0\0\0\x01', (bytes) => bytes.writeBigUInt64BE(BigInt(3 * MIB), 24))],
  ['vmdk', 3 * MIB, fileOf('KDMV', (bytes) => bytes.writeBigUInt64LE(6144n, 12))],
  [
    'vdi',
    3 * MIB,
    fileOf('<<< Oracle', (bytes) => {
      bytes.writeUInt32LE(0xbeda107f, 64);
      bytes.writeBigUInt64LE(BigInt(3 * MIB), 0x170);
    }),
  ],
  // The geometry that qemu-img writes for a disk of 3 MiB.
  [
    'vpc',
    91 * 4 * 17 * 512,
    fileOf('conectix', (bytes) => {
      bytes.write('qemu', 28);
      bytes.writeBigUInt64BE(BigInt(3 * MIB), 48);
      bytes.writeUInt16BE(91, 56);
      bytes.writeUInt8(4, 58);
      bytes.writeUInt8(17, 59);
    }),
  ],
  [
    'vpc',
    3 * MIB,
    fileOf('conectix', (bytes) => {
      bytes.write('qem2', 28);
      bytes.writeBigUInt64BE(BigInt(3 * MIB), 48);
    }),
  ],
  ['qed', 3 * MIB, fileOf('QED\0', (bytes) => bytes.writeBigUInt64LE(BigInt(3 * MIB), 48))],
  [
    'luks',
    512,
    fileOf('LUKS\xba\xbe\0\x01', (bytes) => {
      bytes.writeUInt32BE(1, 104);
    }),
  ],
  ['raw', 1024, fileOf('text', () => undefined)],
  ['raw', 512, Buffer.from('x')],
  ['raw', 0, Buffer.alloc(0)],
])('Data in the format %s has a disk of %d bytes', async (format, virtualSizeBytes, bytes) => {
  expect(await detectDisk(blobs, dataOf(bytes))).toEqual({ format, virtualSizeBytes });
});

/** The header of a file in a tar archive, with its data. */
function tarred(name: string, data: Buffer): Buffer {
  const head = Buffer.alloc(512);
  head.write(name);
  head.write(data.length.toString(8).padStart(11, '0'), 124);
  head.write('ustar', 257);
  return Buffer.concat([head, data, Buffer.alloc((512 - (data.length % 512)) % 512)]);
}

test('Only an archive with an OVF description is an OVA', async () => {
  const disk = tarred('disk.vmdk', Buffer.alloc(700));
  const description = tarred('a.ovf', Buffer.from('<Envelope/>'));
  expect(await isOva(blobs, dataOf(Buffer.concat([disk, description])))).toBe(true);
  expect(await isOva(blobs, dataOf(disk))).toBe(false);
  expect(await isOva(blobs, dataOf(Buffer.from('<!DOCTYPE html>')))).toBe(false);
});
