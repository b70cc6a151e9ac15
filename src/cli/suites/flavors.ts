/** Ids of the flavors m1.tiny and m1.small of the shipped fixtures. */
export const FLAVOR_IDS = ['1', '2'] as const;
