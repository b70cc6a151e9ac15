declare module 'har-schema' {
  /** JSON Schemas of HAR 1.2, by part. */
  const schemas: Readonly<Record<string, object>>;
  export = schemas;
}
