import { createRequire } from 'node:module';
import type { pki } from 'node-forge';

const load = createRequire(import.meta.url);

/** Returns the library for certificates and their encoding. It is loaded on first use, because few runs need it. */
export const loadForge = (): typeof import('node-forge') => load('node-forge') as typeof import('node-forge');

/** A distinguished name of one common name. */
export const commonName = (text: string): pki.CertificateField[] => [
  { name: 'commonName', value: text, valueTagClass: loadForge().asn1.Type.UTF8 as number },
];
