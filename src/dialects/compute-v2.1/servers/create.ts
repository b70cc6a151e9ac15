import { type Call, jsonReply, type Reply } from '../../../contract/contract.ts';
import type { Image } from '../../../domain/image.ts';
import type { OfferedFlavor } from '../../../domain/servers/flavors.ts';
import type { Server } from '../../../domain/servers/server.ts';
import type { Context } from '../../dialect.ts';
import { isTrue } from '../../nova/booleans.ts';
import { idInAddress } from '../../nova/list-parameters.ts';
import { addressesOf } from '../protocol/addresses.ts';
import { fault } from '../protocol/errors.ts';
import { typeHeader } from '../protocol/media-types.ts';
import { minorOf } from '../protocol/microversion.ts';
import type { ReleasedCall } from '../protocol/releases.ts';
import { addToGroup, checkGroupQuota, requestedGroup } from './boot-group.ts';
import { checkItemQuotas, numberWithinQuota, type QuotedItems } from './boot-quotas.ts';
import { type BootVolume, bootSourceOf, type RequestedDevices } from './devices.ts';
import { flavorUnknown, imageUnknown, zoneUnavailable } from './errors.ts';
import { created, presentCreatedServer } from './present-created.ts';

/** The body of a request, which its schema has checked. */
interface ServerRequest extends RequestedDevices, QuotedItems {
  readonly name: string;
  readonly flavorRef: string | number;
  readonly adminPass?: string;
  readonly 'OS-DCF:diskConfig'?: 'AUTO' | 'MANUAL';
  readonly availability_zone?: string;
  readonly key_name?: string;
  readonly min_count?: number | string;
  readonly max_count?: number | string;
  readonly return_reservation_id?: boolean | string;
  readonly description?: string | null;
  readonly networks?: 'none' | 'auto' | readonly { readonly uuid?: string }[];
}

const GIBIBYTE = 2 ** 30;

/** The first microversion with a description, which is the name if the request has none. */
const FIRST_WITH_DESCRIPTION = 19;

/** Creates servers. Nova's order of errors: numbers, zone, flavor, image, key pair, network, disk and memory, quota. */
export function createServer(call: Call, context: Context): Reply {
  const { cloud, caller, requestId } = context;
  const request = (call.json as { readonly server: ServerRequest }).server;
  const least = Number(request.min_count ?? 1);
  const most = Number(request.max_count ?? least);
  if (least > most) return fault(400, 'min_count must be <= max_count');
  const found = findParts(call, request, context);
  if ('status' in found) return found;
  const { flavor, imageId } = found;
  const group = requestedGroup(call, context);
  if (group !== undefined && 'status' in group) return group;
  const count = numberWithinQuota(context, flavor, { least, most });
  if (typeof count !== 'number') return count;
  const full = group === undefined ? undefined : checkGroupQuota(context, group, count);
  if (full !== undefined) return full;
  const servers = Array.from({ length: count }, (_, index) =>
    cloud.servers.create(caller, {
      api: 'compute-v2.1',
      requestId,
      name: count === 1 ? request.name : `${request.name}-${index + 1}`,
      imageId,
      ordinal: index,
      flavor,
      metadata: request.metadata ?? {},
      diskConfig: request['OS-DCF:diskConfig'] ?? 'MANUAL',
      ...(request.key_name !== undefined && { keyName: request.key_name }),
      description: request.description ?? (minorOf(call) < FIRST_WITH_DESCRIPTION ? request.name : null),
    }),
  );
  if (group !== undefined) addToGroup(cloud, group, servers);
  return accepted(call, context, servers);
}

function accepted(call: Call, { cloud }: Context, [first]: readonly Server[]): Reply {
  const { adminPass, return_reservation_id: asReservation = false } = (call.json as { readonly server: ServerRequest })
    .server;
  const id = first?.id ?? '';
  const secret = cloud.ids.uuid('admin-pass', id).replaceAll('-', '');
  if (isTrue(String(asReservation))) {
    return jsonReply(202, { reservation_id: `r-${secret.slice(0, 8)}` }, typeHeader(call));
  }
  const at = addressesOf(call);
  const body = presentCreatedServer(id, at, {
    diskConfig: first?.diskConfig,
    adminPass: adminPass ?? secret.slice(0, 12),
  });
  return created(call, id, body);
}

/** The flavor and the image of a request, or the error for one of its references. */
function findParts(
  { releases }: ReleasedCall,
  request: ServerRequest,
  { cloud, caller }: Context,
): Reply | { flavor: OfferedFlavor; imageId: string | null } {
  const { availability_zone: zone = 'nova', key_name: keyName, networks } = request;
  if (zone !== 'nova') return zoneUnavailable();
  const flavorId = idInAddress(String(request.flavorRef));
  const flavor = cloud.flavors.find(caller, flavorId);
  const source = bootSourceOf(
    { devices: request, releases },
    (id) => visibleImage(id, { cloud, caller }) !== undefined,
  );
  if ('status' in source) return source;
  const isVolume = source.kind === 'volume';
  if (!isVolume && (request.imageRef === undefined || request.imageRef === '')) {
    return fault(400, 'Missing imageRef attribute');
  }
  if (flavor === undefined) return flavorUnknown(flavorId);
  const imageId = isVolume ? source.imageId : request.imageRef;
  const image = imageId === undefined ? undefined : visibleImage(imageId, { cloud, caller });
  if (image === undefined && imageId !== undefined) return imageUnknown();
  const hasKey = keyName === undefined || cloud.keypairs.find(caller.userId, keyName) !== undefined;
  if (!hasKey) return fault(400, 'Invalid key_name provided.');
  const network = typeof networks === 'object' ? networks.find(({ uuid }) => uuid !== undefined)?.uuid : undefined;
  if (network !== undefined) return fault(400, `Network ${network} could not be found.`);
  const error =
    checkItemQuotas(
      request,
      cloud.quotas.of({ kind: 'project', projectId: caller.projectId, userId: caller.userId }),
    ) ?? (image === undefined ? undefined : checkImage(image, flavor, isVolume ? source : undefined));
  return error ?? { flavor, imageId: isVolume ? null : (image?.id ?? null) };
}

function visibleImage(imageId: string, { cloud, caller }: Pick<Context, 'cloud' | 'caller'>): Image | undefined {
  try {
    return cloud.images.show(caller, imageId);
  } catch {
    return undefined;
  }
}

/** Whether a new volume is as large as its image needs. @param minDisk - gibibytes. */
function checkVolume(minDisk: number, { gibibytes }: BootVolume): Reply | undefined {
  if (gibibytes >= minDisk) return undefined;
  return fault(
    400,
    'Volume is smaller than the minimum size specified in image metadata. ' +
      `Volume size is ${gibibytes * GIBIBYTE} bytes, minimum size is ${minDisk * GIBIBYTE} bytes.`,
  );
}

/** Whether the image can be started with the flavor, whose disk does not matter for a volume. */
function checkImage(image: Image, flavor: OfferedFlavor, volume: BootVolume | undefined): Reply | undefined {
  const { id, status, minRam, minDisk, sizeBytes } = image;
  if (status !== 'active') return fault(400, `Image ${id} is not active.`);
  if (flavor.ramMebibytes < minRam) return fault(400, "Flavor's memory is too small for requested image.");
  if (volume !== undefined) return checkVolume(minDisk, volume);
  if (flavor.diskGibibytes === 0) {
    return fault(403, 'Only volume-backed servers are allowed for flavors with zero disk.');
  }
  const diskBytes = flavor.diskGibibytes * GIBIBYTE;
  if ((sizeBytes ?? 0) > diskBytes) {
    return fault(
      400,
      `Flavor's disk is too small for requested image. Flavor disk is ${diskBytes} bytes, image is ${sizeBytes} bytes.`,
    );
  }
  if (minDisk * GIBIBYTE <= diskBytes) return undefined;
  return fault(
    400,
    "Flavor's disk is smaller than the minimum size specified in image metadata. " +
      `Flavor disk is ${diskBytes} bytes, minimum size is ${minDisk * GIBIBYTE} bytes.`,
  );
}
