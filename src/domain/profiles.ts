/** Which edition of a service a world follows where documents disagree: by dialect, then by the profile's name. */
export type Profiles = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Choices with others in their place; what is not named stays. */
export const mergedProfiles = (before: Profiles, chosen: Profiles): Profiles => ({
  ...before,
  ...Object.fromEntries(Object.entries(chosen).map(([dialect, own]) => [dialect, { ...before[dialect], ...own }])),
});
