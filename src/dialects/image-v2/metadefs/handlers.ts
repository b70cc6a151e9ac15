import type { Handler, Handlers } from '../../../contract/contract.ts';
import type { Context } from '../../dialect.ts';
import { pythonJson } from '../../glance/python-json.ts';
import { rejectBody, textReply, withErrorMapping } from '../../glance/wire.ts';
import type { metadefOperations } from './contract.ts';
import { namespaceHandlers } from './handlers-namespaces.ts';
import { objectHandlers, propertyHandlers, tagHandlers } from './handlers-parts.ts';
import { METADEF_DOCUMENTS, type MetadefSchemaName } from './schemas.ts';

interface MetadefContract {
  readonly name: 'image-v2';
  readonly title: string;
  readonly mount: string;
  readonly operations: typeof metadefOperations;
}

const texts = new Map<MetadefSchemaName, string>();

const showSchema = (name: MetadefSchemaName): Handler<Context> =>
  withErrorMapping((call) => {
    rejectBody(call);
    let text = texts.get(name);
    if (text === undefined) {
      text = pythonJson(METADEF_DOCUMENTS[name]);
      texts.set(name, text);
    }
    return textReply(200, text);
  });

/** Handlers of the metadata definitions. */
export const metadefHandlers: Handlers<MetadefContract, Context> = {
  ...namespaceHandlers,
  ...propertyHandlers,
  ...objectHandlers,
  ...tagHandlers,
  showMetadefNamespaceSchema: showSchema('namespace'),
  showMetadefNamespacesSchema: showSchema('namespaces'),
  showMetadefAssociationSchema: showSchema('resource_type'),
  showMetadefAssociationsSchema: showSchema('resource_types'),
  showMetadefPropertySchema: showSchema('property'),
  showMetadefPropertiesSchema: showSchema('properties'),
  showMetadefObjectSchema: showSchema('object'),
  showMetadefObjectsSchema: showSchema('objects'),
  showMetadefTagSchema: showSchema('tag'),
  showMetadefTagsSchema: showSchema('tags'),
};
