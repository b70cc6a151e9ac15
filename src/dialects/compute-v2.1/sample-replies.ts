import type { Reply } from '../../contract/contract.ts';
import type { Image } from '../../domain/image.ts';
import type { OfferedFlavor } from '../../domain/servers/flavors.ts';
import type { Keypair } from '../../domain/servers/keypairs.ts';
import type { Quotas } from '../../domain/servers/quotas.ts';
import { DEFAULT_FLAVOR, type Server } from '../../domain/servers/server.ts';
import type { FaultRequest } from '../dialect.ts';
import { blankImage } from '../shared/placeholder-image.ts';
import { type SampleReplies, type SampleReply, sampleReply } from '../shared/sample-replies.ts';
import type { contract } from './contract.ts';
import { presentAccess, presentFlavor, presentFlavorPage } from './flavors/present.ts';
import { HOST_REPLIES } from './host-sample-replies.ts';
import { metadataOf, views } from './images/present.ts';
import { presentCreated, presentKeypair, presentKeypairs } from './keypairs/present.ts';
import { presentLimits } from './limits/present.ts';
import { quotaUseOf } from './limits/quotas.ts';
import { addressesOf } from './protocol/addresses.ts';
import { noContent, typeHeader } from './protocol/media-types.ts';
import { minorOf } from './protocol/microversion.ts';
import { presentChangedQuotas, presentClassQuotas, presentQuotaDetail, presentQuotas } from './quotas/present.ts';
import { presentServerDetail, presentServerPage } from './servers/present.ts';
import { created, presentCreatedServer } from './servers/present-created.ts';
import { accepted } from './snapshots/handlers.ts';
import { presentVersion, presentVersions } from './versions/present.ts';
import { ZONES, ZONES_DETAIL } from './zones/present.ts';

const text =
  (body: (request: FaultRequest) => string): SampleReply =>
  (request) => ({ status: request.status, headers: typeHeader(request.call), body: body(request) });

const json = (value: (request: FaultRequest) => unknown): SampleReply =>
  text((request) => JSON.stringify(value(request)));

/** The requested image, or a placeholder with that id. */
const imageOf = ({ call, context: { cloud } }: FaultRequest): Image => {
  const imageId = call.params['image_id'] ?? '';
  return cloud.images.peek(imageId) ?? blankImage(imageId, cloud.clock.now());
};

/** The requested server, or a placeholder with that id. */
function serverOf({ call, context: { cloud, caller } }: FaultRequest): Server {
  const { servers, clock } = cloud;
  const id = call.params['server_id'] ?? '';
  return (
    servers.peek(id) ?? {
      id,
      name: '',
      projectId: caller.projectId,
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

/** The requested flavor, or a placeholder with that id. */
const flavorOf = ({ call, context: { cloud, caller } }: FaultRequest): OfferedFlavor =>
  cloud.flavors.find(caller, call.params['flavor_id'] ?? '') ?? {
    ...DEFAULT_FLAVOR,
    id: call.params['flavor_id'] ?? '',
    number: 1,
    ephemeralGibibytes: 0,
    swapMebibytes: 0,
    rxtxFactor: 1,
    isDisabled: false,
    isPublic: true,
    access: [],
    description: null,
    extraSpecs: {},
  };

const noImages = text(({ call }) => views.images({ images: [], isDetail: false }, addressesOf(call)));
const image = text((request) => views.image(imageOf(request), addressesOf(request.call)));
const metadata = json((request) => ({ metadata: metadataOf(imageOf(request).properties) }));
const metadataItem = json((request) => {
  const { key = '' } = request.call.params;
  return { meta: { [key]: metadataOf(imageOf(request).properties)[key] ?? '' } };
});
const noServers = json(({ call }) =>
  presentServerPage({ servers: [], isDetail: false }, addressesOf(call), { minor: minorOf(call), isAdmin: false }),
);

const server = json((request) => {
  const { call, context } = request;
  return presentServerDetail(serverOf(request), addressesOf(call), {
    minor: minorOf(call),
    isAdmin: context.caller.isAdmin,
  });
});
const noBody: SampleReply = ({ call, status }) => ({ ...noContent(call), status });

const noFlavors = json(({ call }) =>
  presentFlavorPage({ flavors: [], isDetail: false }, addressesOf(call), minorOf(call)),
);

const flavor = json((request) => ({
  flavor: presentFlavor(flavorOf(request), addressesOf(request.call), minorOf(request.call)),
}));
const access = json((request) => presentAccess(flavorOf(request)));
const extraSpecs = json((request) => ({ extra_specs: flavorOf(request).extraSpecs }));
const extraSpec = json((request) => {
  const { key = '' } = request.call.params;
  return { [key]: flavorOf(request).extraSpecs[key] ?? '' };
});

const quotasOf = ({ call, context: { cloud } }: FaultRequest): Quotas =>
  cloud.quotas.of({ kind: 'project', projectId: call.params['project_id'] ?? '' });
const classQuotasOf = ({ call, context: { cloud } }: FaultRequest): Quotas =>
  cloud.quotas.of({ kind: 'class', name: call.params['class_name'] ?? '' });
const quotas = json((request) =>
  presentQuotas(request.call.params['project_id'] ?? '', quotasOf(request), minorOf(request.call)),
);

/** The requested key pair, or a placeholder with that name. */
function keypairOf({ call, context: { cloud, caller } }: FaultRequest): Keypair {
  const name = call.params['keypair_name'] ?? '';
  return (
    cloud.keypairs.find(caller.userId, name) ?? {
      id: 1,
      userId: caller.userId,
      name,
      type: 'ssh',
      publicKey: '',
      fingerprint: '',
      createdAt: cloud.clock.now(),
    }
  );
}

const REPLIES: SampleReplies<typeof contract> = {
  ...HOST_REPLIES,
  listVersions: json(({ call }) => presentVersions(call)),
  showVersion: json(({ call }) => presentVersion(call)),
  listImages: noImages,
  listImagesDetail: noImages,
  showImage: image,
  deleteImage: image,
  listImageMetadata: metadata,
  updateImageMetadata: metadata,
  replaceImageMetadata: metadata,
  showImageMetadataItem: metadataItem,
  setImageMetadataItem: metadataItem,
  deleteImageMetadataItem: metadataItem,
  createServerImage: ({ status, call, context: { cloud, caller } }) => ({
    ...accepted(call, cloud.ids.next('plausible-image', caller.projectId, call.program)),
    status,
  }),
  showLimits: json(({ call, context: { cloud, caller } }) => presentLimits(cloud, caller.projectId, minorOf(call))),
  listKeypairs: json(({ call }) => presentKeypairs([], undefined, minorOf(call))),
  createKeypair: json((request) => presentCreated(keypairOf(request), undefined, minorOf(request.call))),
  showKeypair: json((request) => presentKeypair(keypairOf(request), minorOf(request.call))),
  deleteKeypair: noBody,
  showQuotaSet: quotas,
  showQuotaDefaults: quotas,
  showQuotaDetail: json((request) => {
    const { call, context } = request;
    const { project_id: projectId = '' } = call.params;
    const use = quotaUseOf(context.cloud, projectId);
    return presentQuotaDetail({ projectId, quotas: quotasOf(request), use }, minorOf(call));
  }),
  updateQuotaSet: json((request) => presentChangedQuotas(quotasOf(request), minorOf(request.call))),
  deleteQuotaSet: noBody,
  showQuotaClassSet: json((request) =>
    presentClassQuotas(request.call.params['class_name'], classQuotasOf(request), minorOf(request.call)),
  ),
  updateQuotaClassSet: json((request) => presentClassQuotas(undefined, classQuotasOf(request), minorOf(request.call))),
  listTenantUsage: json(() => ({ tenant_usages: [] })),
  showTenantUsage: json(() => ({ tenant_usage: {} })),
  listAvailabilityZones: json(() => ZONES),
  listAvailabilityZonesDetail: json(() => ZONES_DETAIL),
  listFlavors: noFlavors,
  listFlavorsDetail: noFlavors,
  showFlavor: flavor,
  listFlavorExtraSpecs: extraSpecs,
  showFlavorExtraSpec: extraSpec,
  listFlavorAccess: access,
  createFlavor: flavor,
  updateFlavor: flavor,
  deleteFlavor: noBody,
  addFlavorAccess: access,
  removeFlavorAccess: access,
  createFlavorExtraSpecs: extraSpecs,
  updateFlavorExtraSpec: extraSpec,
  deleteFlavorExtraSpec: noBody,
  listServers: noServers,
  listServersDetail: noServers,
  createServer: ({ status, call, context: { cloud, caller } }) => {
    const id = cloud.ids.next('plausible-server', caller.projectId, call.program);
    return { ...created(call, id, presentCreatedServer(id, addressesOf(call), { adminPass: 'secret' })), status };
  },
  deleteServer: ({ call }) => noContent(call),
  showServer: server,
  updateServer: server,
  startServer: noBody,
  stopServer: noBody,
  pauseServer: noBody,
  unpauseServer: noBody,
  suspendServer: noBody,
  resumeServer: noBody,
  rebootServer: noBody,
  lockServer: noBody,
  unlockServer: noBody,
};

/** Builds the reply of an injected success. */
export const presentSuccess = (request: FaultRequest): Reply =>
  request.status === 204 ? noContent(request.call) : sampleReply(REPLIES, request);
