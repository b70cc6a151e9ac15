import type { Call, Operation, Reply } from '../../contract/contract.ts';
import { DEFAULT_FLAVOR, type Server } from '../../domain/servers/server.ts';
import type { Context } from '../dialect.ts';
import { blankImage } from '../shared/placeholder-image.ts';
import { presentLimits } from './limits.ts';
import { doneWithout, typeOf } from './media-types.ts';
import { minorOf } from './microversion.ts';
import { addressesOf, metadataOf, presentVersion, presentVersions, views } from './present.ts';
import { presentOneServer, presentServers } from './servers/present.ts';

/** A success that nothing brought about: what would be shown, under another status. */
export function sampleReply(status: number, call: Call, context: Context, operation: Operation): Reply {
  return status === 204 ? doneWithout(call) : { status, headers: typeOf(call), body: bodyOf(call, context, operation) };
}

function bodyOf(call: Call, { cloud, caller }: Context, { path }: Operation): string {
  const at = addressesOf(call);
  const { image_id: imageId = '', key = '' } = call.params;
  const image = cloud.images.peek(imageId) ?? blankImage(imageId, cloud.clock.now());
  switch (path.split('/').at(-1)) {
    case '':
      return JSON.stringify(path === '/' ? presentVersions(call) : presentVersion(call));
    case '{image_id}':
      return views.image(image, at);
    case 'metadata':
      return JSON.stringify({ metadata: metadataOf(image.properties) });
    case '{key}':
      return JSON.stringify({ meta: { [key]: metadataOf(image.properties)[key] ?? '' } });
    case 'action':
      return JSON.stringify({ image_id: cloud.ids.next('plausible-image', caller.projectId, call.program) });
    case 'limits':
      return JSON.stringify(presentLimits(cloud, caller.projectId, minorOf(call)));
    case '{server_id}':
      return JSON.stringify(presentOneServer(serverOf(call, cloud, caller.projectId), at, minorOf(call)));
    default:
      return path.includes('/servers')
        ? JSON.stringify(presentServers([], at, false, minorOf(call), undefined))
        : views.images([], at, false, undefined);
  }
}

/** The server of that id, or one of which nothing else is known. */
function serverOf(call: Call, { servers, clock }: Context['cloud'], projectId: string): Server {
  const id = call.params['server_id'] ?? '';
  return (
    servers.peek(id) ?? {
      id,
      name: '',
      projectId,
      userId: '',
      status: 'ACTIVE',
      taskState: null,
      isLocked: false,
      imageId: null,
      flavor: DEFAULT_FLAVOR,
      metadata: {},
      createdAt: clock.now(),
      updatedAt: clock.now(),
    }
  );
}
