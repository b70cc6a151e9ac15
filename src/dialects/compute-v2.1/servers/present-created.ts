import type { Addresses } from '../../nova/image-views.ts';

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
