import { type Call, jsonReply, type Reply } from '../../../contract/contract.ts';
import type { Addresses } from '../../nova/image-views.ts';
import { addressesOf } from '../protocol/addresses.ts';
import { typeHeader } from '../protocol/media-types.ts';

/** `{server}` of a new server. */
export const presentCreatedServer = (
  id: string,
  at: Addresses,
  { diskConfig = 'MANUAL', adminPass }: { readonly diskConfig?: string | undefined; readonly adminPass: string },
): object => ({
  server: {
    id,
    links: [
      { rel: 'self', href: `${at.self}/servers/${id}` },
      { rel: 'bookmark', href: `${at.bookmark}/servers/${id}` },
    ],
    'OS-DCF:diskConfig': diskConfig,
    security_groups: [{ name: 'default' }],
    adminPass,
  },
});

/** The 202 of a new server, whose Location is the address of the server. */
export const created = (call: Call, id: string, body: object): Reply =>
  jsonReply(202, body, { ...typeHeader(call), Location: `${addressesOf(call).self}/servers/${id}` });
