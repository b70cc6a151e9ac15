import { pythonJson } from '../../glance/python-json.ts';
import { SCHEMA_DOCUMENTS, type SchemaName } from './documents.ts';

const documents = new Map<SchemaName, string>();

/** The JSON text of a schema document. */
export function schemaText(name: SchemaName): string {
  let text = documents.get(name);
  if (text === undefined) {
    text = pythonJson(SCHEMA_DOCUMENTS[name]);
    documents.set(name, text);
  }
  return text;
}
