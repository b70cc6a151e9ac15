export * from '../shared/glance-wire.ts';
