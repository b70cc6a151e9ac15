/** Which variant of a service a world doubles where its documents disagree: choices by dialect and profile name. */
export type Profiles = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Merges chosen profiles over others; profiles that are not named stay. */
export const mergedProfiles = (before: Profiles, chosen: Profiles): Profiles => ({
  ...before,
  ...Object.fromEntries(Object.entries(chosen).map(([dialect, own]) => [dialect, { ...before[dialect], ...own }])),
});
