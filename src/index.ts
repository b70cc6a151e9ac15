export type { Addresses, ClientChoice, ClientSettings } from './admin/client-settings.ts';
export { addressesOf, clientSettings } from './admin/client-settings.ts';
export type { ClockChange, ClockReading } from './admin/clock.ts';
export type { Configuration } from './admin/configuration.ts';
export type { ContainerView } from './admin/containers.ts';
export type { DigestView, DigestWish } from './admin/digests.ts';
export type { ImageView } from './admin/images.ts';
export { openapi } from './admin/openapi.ts';
export { AdminError } from './admin/problems.ts';
export type { RequestList } from './admin/requests.ts';
export type {
  FaultView,
  ProbeView,
  RuleHits,
  ScenarioDetails,
  ScenarioLimit,
  ScenarioView,
  StatesView,
} from './admin/scenarios.ts';
export type { ServerChange, ServerView } from './admin/servers.ts';
export type { SnapshotView } from './admin/snapshots.ts';
export type { TaskChange, TaskEnd, TaskFilter, TaskView } from './admin/tasks.ts';
export type { NewWorld, WorldView } from './admin/worlds.ts';
export type { CheckedFiles } from './check-files.ts';
export { checkFiles, directoryOf } from './check-files.ts';
export { nearestName } from './contract/nearest.ts';
export type { RequestQuery } from './control.ts';
export { WorldControl, WorldsControl } from './control.ts';
export type { Cell, ObservedCell, Totals } from './coverage/coverage.ts';
export type { HashAlgorithm } from './domain/image-data.ts';
export { HASH_ALGORITHMS } from './domain/image-data.ts';
export type { InputIssue } from './domain/input-error.ts';
export { InputError } from './domain/input-error.ts';
export { packageVersion } from './domain/package-files.ts';
export type { VirtualData } from './domain/virtual-data.ts';
export { digestVirtual, streamVirtual } from './domain/virtual-data.ts';
export { PortError } from './errors.ts';
export type { UnmetFault } from './faults/fault.ts';
export type { Outlook } from './faults/outlook.ts';
export type { GenerateOptions } from './fixtures/generate.ts';
export { generateFixtures, generateImages } from './fixtures/generate.ts';
export { parseByteSize } from './fixtures/size.ts';
export type { Directory } from './identity/directory.ts';
export type { Entry } from './journal/entry.ts';
export type { Sideglance, SideglanceOptions } from './sideglance.ts';
export { startSideglance } from './sideglance.ts';
export type { UnmetInWorld } from './worlds.ts';
