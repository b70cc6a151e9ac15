/** `{availabilityZoneInfo}` for everybody: one zone, whose hosts are hidden. */
export const ZONES = {
  availabilityZoneInfo: [{ zoneName: 'nova', zoneState: { available: true }, hosts: null }],
} as const;

/** `{availabilityZoneInfo}` for administrators: the zone of Nova's own services comes first; no host is shown. */
export const ZONES_DETAIL = {
  availabilityZoneInfo: [
    { zoneName: 'internal', zoneState: { available: true }, hosts: {} },
    { zoneName: 'nova', zoneState: { available: true }, hosts: {} },
  ],
} as const;
