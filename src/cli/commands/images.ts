import type { Command } from 'commander';
import type { ImageFilter, ImageFixture, ImageView } from '../../index.ts';
import { type AdminFlags, type AdminGroup, adminGroup, listing, members, targetOf } from '../admin-group.ts';
import { callAdmin } from '../client.ts';
import { readJson } from '../json-argument.ts';
import { ownFlag, parseCount, parseSize } from '../options.ts';
import type { Terminal } from '../terminal.ts';

/** Adds `images` and its subcommands. */
export function addImages(program: Command, terminal: Terminal): void {
  const about = 'list, place, change and delete images of a running Sideglance, without the checks of the services';
  const group = adminGroup(program, terminal, ['images', about]);
  addList(group);
  addChangesAndDigest(group);
  group.command('show <id>', 'print an image, even a deleted one').action(async (id: string, flags: AdminFlags) => {
    const image = await callAdmin(targetOf(flags), 'showImage', { params: { image_id: id } });
    group.print(flags, image, () => members(image));
  });
  group
    .command('place <image>', 'add an image: JSON as in a fixture file, a file that holds it, or "-"')
    .action(async (written: string, flags: AdminFlags) => {
      const image = await callAdmin(targetOf(flags), 'placeImage', { body: readJson<ImageFixture>(written) });
      group.print(flags, image, () => image.id);
    });
  group
    .command(
      'patch <id> <changes>',
      'change members of an image: JSON as in a fixture file, a file that holds it, or "-"',
    )
    .action(async (id: string, written: string, flags: AdminFlags) => {
      const input = { params: { image_id: id }, body: readJson<ImageFixture>(written) };
      const image = await callAdmin(targetOf(flags), 'changeImage', input);
      group.print(flags, image, () => members(image));
    });
  group
    .command('delete <id...>', 'remove images, even protected ones')
    .action(async (ids: readonly string[], flags: AdminFlags) => {
      for (const id of ids) await callAdmin(targetOf(flags), 'removeImage', { params: { image_id: id } });
      group.print(flags, null, () => `${ids.join(', ')} removed from world ${flags.world}`);
    });
}

/** Flags that select a part of the data. */
interface DataFlags {
  readonly start?: number;
  readonly length?: number;
}

function addChangesAndDigest(group: AdminGroup): void {
  group
    .command('changes', 'print what has changed since the world started, as JSON')
    .action(async (flags: AdminFlags) => {
      const response = await callAdmin(targetOf(flags), 'listImageChanges', {});
      group.print(flags, response, () => JSON.stringify(response.changes, null, 2));
    });
  group
    .command('data <id>', 'print a part of the data of an image in base64, and the format that is detected in it')
    .addOption(ownFlag('--start <offset>', 'offset of the first byte').argParser(parseCount))
    .addOption(ownFlag('--length <bytes>', 'number of bytes, 512 when omitted').argParser(parseSize))
    .action(async (id: string, { start, length, ...flags }: AdminFlags & DataFlags) => {
      const query = { ...(start !== undefined && { start }), ...(length !== undefined && { length }) };
      const data = await callAdmin(targetOf(flags), 'readImageData', { params: { image_id: id }, query });
      group.print(flags, data, () => members(data));
    });
  group
    .command('digest <id>', 'compute digests of the data of an image')
    .addOption(ownFlag('--set', 'store the digests in the image'))
    .action(async (id: string, { set = false, ...flags }: AdminFlags & { readonly set?: boolean }) => {
      const digest = await callAdmin(targetOf(flags), 'digestImage', { params: { image_id: id }, body: { set } });
      group.print(flags, digest, () => members(digest.digests));
    });
}

function addList(group: AdminGroup): void {
  group
    .command('list', 'list images of all projects (the default)', true)
    .addOption(ownFlag('--name <name>', 'only images with this name'))
    .addOption(
      ownFlag('--status <status>', 'only images with this status; deleted ones are listed with "deleted" only'),
    )
    .addOption(ownFlag('--owner <project>', 'only images of this project, by id or name'))
    .addOption(ownFlag('--visibility <visibility>', 'only images with this visibility'))
    .addOption(ownFlag('--after <id>', 'only images with a higher id'))
    .addOption(ownFlag('--limit <number>', 'maximum number of images, 100 when omitted').argParser(parseSize))
    .action(async (flags: AdminFlags & ImageFilter) => {
      const { url: _url, world: _world, adminToken: _token, json: _json, ...query } = flags;
      const response = await callAdmin(targetOf(flags), 'listImages', { query });
      group.print(flags, response, () => {
        const rows = response.images.map(rowOf);
        const text = listing(['ID', 'STATUS', 'VISIBILITY', 'SIZE', 'OWNER', 'NAME'], rows, 'no image matches');
        return response.next === null ? text : `${text}\nmore: --after ${response.next}`;
      });
    });
}

const rowOf = ({ id, status, visibility, size, owner, name }: ImageView): readonly string[] => [
  id,
  status,
  visibility,
  size === null ? '-' : String(size),
  owner ?? '-',
  name ?? '-',
];
