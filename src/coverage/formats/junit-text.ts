import XmlBuilder from 'fast-xml-builder';

/** Prefix of the members that become attributes. */
const ATTRIBUTE = '@';

/** Returns members that become attributes of their element. */
export const attributes = (members: Readonly<Record<string, string | number>>): object =>
  Object.fromEntries(Object.entries(members).map(([name, value]) => [ATTRIBUTE + name, String(value)]));

/** Formats the element `testsuites` as JUnit XML. */
export function junitText(testsuites: object): string {
  const builder = new XmlBuilder({
    attributeNamePrefix: ATTRIBUTE,
    ignoreAttributes: false,
    format: true,
    suppressEmptyNode: true,
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build({ testsuites })}`;
}
