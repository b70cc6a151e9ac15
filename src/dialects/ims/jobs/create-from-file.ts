import type { Json } from '../../../base/json.ts';
import type { NewImage } from '../../../domain/images/image-changes.ts';
import type { TransferPart } from '../../../domain/imports/transfer-request.ts';
import type { Task } from '../../../domain/tasks/task.ts';
import type { Context } from '../../dialect.ts';
import { osVersionOf } from '../os-versions/os-versions.ts';
import { ImsError, textIn } from '../wire.ts';
import { SYSTEM_DISK, startImport } from './import-image.ts';
import type { SubJobType } from './job-types.ts';
import { parseAttributes, parseMinDisk } from './parse.ts';
import {
  dataDiskProperties,
  initProperties,
  machineProperties,
  osPropertiesOrDefault,
  parseEnvironment,
  SERVER_TYPES,
} from './parse-machine.ts';
import { filePart, startParts, uniqueNames } from './parts.ts';
import { fileProperties, findFile, type ImportKind, type SourceFile } from './source-file.ts';

/** Maximum number of data disks with one system disk. */
const MAX_DATA_DISKS = 3;
/** Range of a data disk, in gigabytes. */
const DATA_DISK = { min: 1, max: 2048 };

/** The image of a system disk and the file that it is created from. */
interface SystemImage {
  readonly file: SourceFile;
  readonly image: NewImage & { readonly name: string };
  readonly part: SubJobType;
  /** The operating system that the data disks are for. */
  readonly osType: 'Linux' | 'Windows';
}

/**
 * Starts the job that creates an image from a file, with images of its data disks.
 * @throws ImsError
 */
export function createFromFile(body: Json, disks: readonly Json[], context: Context): Task {
  const { file, image, part, osType } = parseSystemImage(body, context);
  const isOva = file.object.format === 'ova';
  if (disks.length === 0 && !isOva) return startImport(context, { type: 'imsImportImageJob', part, file, image });
  return startParts(context, isOva ? 'imsImportOvaImageJob' : 'imsImportImageJob', [
    filePart(isOva ? 'imsImportImageJob' : part, file, image),
    ...parseDataDisks(disks, { file, image, osType }, context),
  ]);
}

/** @throws ImsError */
function parseSystemImage(body: Json, context: Context): SystemImage {
  const attributes = parseAttributes(body, context);
  const environment = parseEnvironment(body, [...SERVER_TYPES, 'IsoImage']);
  const kind = importKind(body, environment);
  if (kind === 'iso' && textIn(body, 'os_version') === undefined) throw new ImsError('IMG.0166');
  const os = osPropertiesOrDefault(body);
  const machine = machineProperties(body);
  const minDisk = parseMinDisk(body, SYSTEM_DISK);
  const file = findFile(context, { address: textIn(body, 'image_url'), kind, minDisk });
  const properties = {
    ...attributes.properties,
    ...fileProperties(file),
    ...machine,
    ...os,
    ...initProperties(body),
    virtual_env_type: environment,
  };
  return {
    file,
    image: { ...attributes, ...(kind === 'iso' && { diskFormat: 'iso' }), minDisk, properties },
    part: partType(body, kind),
    osType: osVersionOf(os['__os_version'] ?? '').type === 'Windows' ? 'Windows' : 'Linux',
  };
}

function importKind(body: Json, environment: string): ImportKind {
  if (environment === 'IsoImage') return 'iso';
  return body['is_quick_import'] === true ? 'quick' : 'system';
}

function partType(body: Json, kind: ImportKind): SubJobType {
  if (kind === 'iso') return 'imsImportIsoFileImageJob';
  if (kind === 'quick') return 'imsImportBigFileImageJob';
  return body['is_config'] === true ? 'imsGoofysImportImageJob' : 'imsGoofysImportImageWithoutconfigJob';
}

/** @throws ImsError */
function parseDataDisks(
  disks: readonly Json[],
  system: Pick<SystemImage, 'file' | 'image' | 'osType'>,
  context: Context,
): readonly TransferPart[] {
  if (disks.length > MAX_DATA_DISKS) {
    throw new ImsError('IMG.0001', `A file has at most ${MAX_DATA_DISKS} data disks.`);
  }
  const checkUniqueName = uniqueNames(context, [system.image.name]);
  const addresses = new Set([`${system.file.object.container}:${system.file.object.name}`]);
  return disks.map((disk) => {
    const address = textIn(disk, 'image_url') ?? '';
    if (addresses.has(address)) throw new ImsError('IMG.0123');
    addresses.add(address);
    const attributes = parseAttributes(disk, context);
    checkUniqueName(attributes.name);
    const minDisk = parseMinDisk(disk, DATA_DISK);
    const isQuick = disk['is_quick_import'] === true;
    const file = findFile(context, { address, kind: isQuick ? 'quick' : 'disk', minDisk });
    const properties = { ...attributes.properties, ...fileProperties(file), ...dataDiskProperties(system.osType) };
    const type: SubJobType = isQuick ? 'imsImportBigFileImageJob' : 'imsImportDataImageJob';
    return filePart(type, file, { ...attributes, minDisk, properties });
  });
}
