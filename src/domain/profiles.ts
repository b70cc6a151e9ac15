/** Which edition of a service a world follows where documents disagree: by dialect, then by the profile's name. */
export type Profiles = Readonly<Record<string, Readonly<Record<string, string>>>>;
