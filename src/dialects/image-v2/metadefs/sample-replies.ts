import type { Cloud } from '../../../cloud.ts';
import { toSeconds } from '../../../domain/clock.ts';
import { type SampleReply, textSample } from '../../shared/sample-replies.ts';
import { nameIn, pythonSample } from '../sample-json.ts';
import type { metadefOperations } from './contract.ts';

const NAMESPACES = '/v2/metadefs/namespaces';

const times = ({ clock }: Cloud): object => {
  const now = toSeconds(clock.now());
  return { created_at: now, updated_at: now };
};

const namespace = pythonSample(({ call, context: { cloud } }) => {
  const name = call.params['namespace_name'] ?? nameIn(call, 'namespace') ?? 'namespace';
  return {
    namespace: name,
    visibility: 'private',
    protected: false,
    owner: '',
    ...times(cloud),
    self: `${NAMESPACES}/${name}`,
    schema: '/v2/schemas/metadefs/namespace',
  };
});

const association = pythonSample(({ call, context: { cloud } }) => ({ name: nameIn(call) ?? 'type', ...times(cloud) }));

const object = pythonSample(({ call, context: { cloud } }) => {
  const name = call.params['object_name'] ?? nameIn(call) ?? 'object';
  return {
    name,
    required: [],
    properties: {},
    ...times(cloud),
    self: `${NAMESPACES}/${call.params['namespace_name']}/objects/${name}`,
    schema: '/v2/schemas/metadefs/object',
  };
});

const property = pythonSample(({ call }) => {
  const name = call.params['property_name'] ?? nameIn(call) ?? 'property';
  return { name, title: name, type: 'string' };
});

const tag = pythonSample(({ call, context: { cloud } }) => ({ name: call.params['tag_name'], ...times(cloud) }));
const noTags = pythonSample(() => ({ tags: [] }));
const emptyObject = textSample(() => '{}');

/** Sample replies of the operations of `contract.ts`. */
export const metadefSampleReplies: { readonly [Id in keyof typeof metadefOperations]: SampleReply } = {
  listMetadefNamespaces: emptyObject,
  createMetadefNamespace: namespace,
  showMetadefNamespace: namespace,
  updateMetadefNamespace: namespace,
  deleteMetadefNamespace: emptyObject,
  listMetadefResourceTypes: emptyObject,
  listMetadefAssociations: pythonSample(() => ({ resource_type_associations: [] })),
  createMetadefAssociation: association,
  deleteMetadefAssociation: emptyObject,
  listMetadefProperties: pythonSample(() => ({ properties: {} })),
  createMetadefProperty: property,
  deleteMetadefProperties: emptyObject,
  showMetadefProperty: property,
  updateMetadefProperty: property,
  deleteMetadefProperty: emptyObject,
  listMetadefObjects: pythonSample(() => ({ objects: [] })),
  createMetadefObject: object,
  deleteMetadefObjects: emptyObject,
  showMetadefObject: object,
  updateMetadefObject: object,
  deleteMetadefObject: emptyObject,
  listMetadefTags: noTags,
  createMetadefTags: noTags,
  deleteMetadefTags: emptyObject,
  showMetadefTag: tag,
  createMetadefTag: tag,
  updateMetadefTag: tag,
  deleteMetadefTag: emptyObject,
  showMetadefNamespaceSchema: emptyObject,
  showMetadefNamespacesSchema: emptyObject,
  showMetadefAssociationSchema: emptyObject,
  showMetadefAssociationsSchema: emptyObject,
  showMetadefPropertySchema: emptyObject,
  showMetadefPropertiesSchema: emptyObject,
  showMetadefObjectSchema: emptyObject,
  showMetadefObjectsSchema: emptyObject,
  showMetadefTagSchema: emptyObject,
  showMetadefTagsSchema: emptyObject,
};
