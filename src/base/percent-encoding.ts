/** Percent-encodes all but unreserved characters (RFC 3986): unlike `encodeURIComponent`, also `!`, `'`, `(`, `)` and `*`. */
export const percentEncode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);

/** Decodes percent-encoded octets as UTF-8. Leaves malformed ones as they are. */
export const percentDecode = (text: string): string =>
  text.replace(/(?:%[0-9a-f]{2})+/gi, (octets) => Buffer.from(octets.replaceAll('%', ''), 'hex').toString());
