export * from '../glance/wire.ts';
