/// <reference types="node" preserve="true" />
export type { Addresses, ClientChoice, ClientSettings, OpenStackVariables } from './admin/client-settings.ts';
export { addressesOf, clientSettings } from './admin/client-settings.ts';
export { clientVariables } from './admin/client-variables.ts';
export type { ClockChange, ClockReading } from './admin/clock.ts';
export type { ConductQuery } from './admin/conduct.ts';
export type { Configuration } from './admin/configuration.ts';
export type { ContainerView } from './admin/containers.ts';
export type { ContractView } from './admin/contracts.ts';
export type { CoverageQuery } from './admin/coverage.ts';
export type { DigestRequest, DigestView } from './admin/digests.ts';
export { emptyReport } from './admin/empty-report.ts';
export type { ContinueOptions, HeldView, RespondOptions } from './admin/held.ts';
export type { DataRange, ImageDataView } from './admin/image-data.ts';
export type { ImageChangeView, ImageFilter, ImageList, ImageView } from './admin/images.ts';
export type { AdminObserver, ReportedAdminRequest } from './admin/observe.ts';
export { openapi } from './admin/openapi.ts';
export type { ImageChanges } from './admin/operations/images.ts';
export type { AdminInputOf, AdminOperationId, AdminOutputOf } from './admin/operations/index.ts';
export type { NewScenario } from './admin/operations/scenarios.ts';
export type { PortChange, PortView } from './admin/ports.ts';
export { AdminError } from './admin/problems.ts';
export type { AdminRequest } from './admin/request.ts';
export { adminRequest } from './admin/request.ts';
export type { RequestFilter, RequestList, RequestQuery, RequestView } from './admin/requests.ts';
export type { NewRetryTest, RetryTestView } from './admin/retry-tests.ts';
export type {
  FaultView,
  ProbeView,
  RuleHits,
  ScenarioDetails,
  ScenarioLimit,
  ScenarioView,
  StatesView,
} from './admin/scenario-views.ts';
export type { ScenarioList } from './admin/scenarios.ts';
export type { ServerChange, ServerView } from './admin/servers.ts';
export type { SnapshotView } from './admin/snapshots.ts';
export type { TaskChange, TaskEnd, TaskFilter, TaskView } from './admin/tasks.ts';
export type { Gap, RequestPattern, StatusClass, Verification } from './admin/verify.ts';
export type { NewWorld, WorldSummary, WorldView } from './admin/worlds.ts';
export { CERTIFICATE_KINDS, type CertificateKind } from './base/certificate-kinds.ts';
export { compileGlob } from './base/glob.ts';
export { DEFAULT_RELEASE, RELEASES, type Release } from './base/release.ts';
export { parseByteSize } from './base/size.ts';
export type { ClientEnd, EndKind } from './client-runs/command.ts';
export type { ChangedImage, ImageOutcome } from './client-runs/image-outcome.ts';
export type { OutputTail } from './client-runs/output-tail.ts';
export type { ClientRun, ClientRunOptions, RuleFirings, RunContext } from './client-runs/run-client.ts';
export { runClient } from './client-runs/run-client.ts';
export type { ConductFinding, ConductReport, ConductVerdict, RuleVerdict } from './conduct/analyze.ts';
export type { Severity } from './conduct/rule.ts';
export type {
  CaseInputs,
  Checks,
  ConformCase,
  Count,
  Expectations,
  ImageState,
  OutputCheck,
  Profile,
} from './conform/case.ts';
export { PROFILES } from './conform/case.ts';
export { toConformCtrf } from './conform/formats/ctrf.ts';
export { toConformHtml } from './conform/formats/html.ts';
export { toConformJunit } from './conform/formats/junit.ts';
export { summaryOf } from './conform/formats/matrix.ts';
export { toConformMarkdown, toConformText } from './conform/formats/text.ts';
export { loadCases } from './conform/load.ts';
export type { PlayOptions } from './conform/play.ts';
export { playCase } from './conform/play.ts';
export { parseConformReport, regressionsOf } from './conform/report-file.ts';
export type { CaseResult, ConformReport, ConformVerdict, ExitOf, Reason, VerdictCounts } from './conform/result.ts';
export { isJudgedCase } from './conform/result.ts';
export type { SuiteOptions } from './conform/run-suite.ts';
export { CommandNotFound, runSuite } from './conform/run-suite.ts';
export { selectCases } from './conform/select.ts';
export type { Api, Task } from './conform/tasks.ts';
export { APIS } from './conform/tasks.ts';
export { nearestName } from './contract/nearest.ts';
export { toBadge } from './coverage/formats/badge.ts';
export type { CtrfOptions, CtrfReport, CtrfTest } from './coverage/formats/ctrf.ts';
export { toCtrf } from './coverage/formats/ctrf.ts';
export { toHtml } from './coverage/formats/html.ts';
export { toJunit } from './coverage/formats/junit.ts';
export { toMarkdown, toText } from './coverage/formats/text.ts';
export type { Cell, CoverageReport, FaultCount, LabelReport, ObservedCell, Totals } from './coverage/report.ts';
export { isReceived, mainTotals, mergeReports, nameOf, percentOf, selectCells } from './coverage/report.ts';
export { parseReport, serializeReport } from './coverage/report-file.ts';
export type { HashAlgorithm } from './domain/data/image-data.ts';
export { HASH_ALGORITHMS } from './domain/data/image-data.ts';
export type { VirtualData } from './domain/data/virtual-data.ts';
export { digestVirtual, streamVirtual } from './domain/data/virtual-data.ts';
export { StorageFailure } from './domain/storage-failure.ts';
export type { RuleExplanation } from './faults/engine/explain.ts';
export type { UnusedFault } from './faults/fault.ts';
export { isShippedFixtures } from './fixtures/default-fixtures.ts';
export type { GenerateOptions } from './fixtures/generate.ts';
export { generateFixtures, generateImages } from './fixtures/generate.ts';
export type { Directory } from './identity/directory/directory.ts';
export { parseDuration } from './input/duration.ts';
export type { InputIssue } from './input/input-error.ts';
export { InputError } from './input/input-error.ts';
export type { LoadingListener, LoadingStep } from './input/loading.ts';
export { packageFile, packageVersion } from './input/package-files.ts';
export type * from './input/types/fixtures.ts';
export type {
  DocumentedStatus,
  DocumentedStatuses,
  OperationName,
  OperationPattern,
} from './input/types/operations.ts';
export type { Calls, Fault, ImageMatch, Rule, RuleMatch, Scenario, ScenarioStates } from './input/types/scenarios.ts';
export type { Entry, EntryBody, EntryMessage, HeaderField, ReportedRequest } from './journal/entry.ts';
export type { JournalEvent } from './journal/follow.ts';
export type { HarOptions } from './journal/har.ts';
export { toHarText } from './journal/har.ts';
export type { Har, HarContent, HarEntry, HarField, HarPostData, HarRequest, HarResponse } from './journal/har-types.ts';
export type { FiredRule, Outcome } from './journal/recorded.ts';
export type { BodyDigests } from './journal/stored-body.ts';
export type { Difference, NearMiss } from './journal/verify/compare.ts';
export type { EntryPattern, MessagePattern, SizePattern, TextPatterns } from './journal/verify/pattern.ts';
export type { Verdict } from './journal/verify/verify.ts';
export { documentedOperations, type ShippedScenario, shippedScenarios } from './library/catalog.ts';
export type { CheckedFiles } from './library/check-files.ts';
export { checkFiles, directoryOf } from './library/check-files.ts';
export type { FixtureCloud } from './library/fixture-cloud.ts';
export { cloudOf } from './library/fixture-cloud.ts';
export { PortError } from './library/port-error.ts';
export type { Replay, ReplayOptions } from './library/replay.ts';
export { startReplay } from './library/replay.ts';
export { consoleHtml, reportHtml } from './library/report.ts';
export type { Reloaded, ReloadParts, Sideglance } from './library/sideglance.ts';
export type { AdminOptions, SideglanceOptions } from './library/sideglance-options.ts';
export { startSideglance } from './library/start-sideglance.ts';
export type { TlsOptions } from './library/tls.ts';
export { authorityFile } from './library/tls.ts';
export type { ClockMethods, ScenarioMethods, WorldControl, WorldMethods } from './library/world-control.ts';
export type { WorldsControl } from './library/worlds-control.ts';
export { FSYNC_MODES, type FsyncMode } from './persistence/document-log.ts';
export type { StateProblem } from './persistence/inspect-state.ts';
export { checkState, repairState, type StateReport } from './persistence/repair-state.ts';
export type { PortEvent, PortState, RecordedPort, RecordedPortEvent } from './recording/ports.ts';
export type { RecordingFile } from './recording/read-recording.ts';
export { openRecording } from './recording/read-recording.ts';
export type {
  RecordedAction,
  RecordedChange,
  RecordedExchange,
  Recording,
  RecordingAbout,
  RecordingHead,
} from './recording/recording.ts';
export type { TimelineItem, TimelinePortEvent, TimelineRequest, TimelineWait } from './recording/timeline.ts';
export { timelineOf } from './recording/timeline.ts';
export type { Departure, ReplayNote, ReplayResult } from './replay/replay-log.ts';
export type { RequestDifference } from './replay/request-fields.ts';
export { BaselineError } from './sweep/baseline.ts';
export type { SweepCtrfOptions } from './sweep/formats/ctrf.ts';
export { sweepToCtrf } from './sweep/formats/ctrf.ts';
export { sweepToHtml } from './sweep/formats/html.ts';
export { sweepToJunit } from './sweep/formats/junit.ts';
export type { SweepTextOptions } from './sweep/formats/text.ts';
export { sweepToText } from './sweep/formats/text.ts';
export type { NamedReport } from './sweep/merge.ts';
export { mergeSweepReports } from './sweep/merge.ts';
export type { Budget, Shard, SweepOptions, SweepProgress } from './sweep/options.ts';
export type { PointResult, ReportedCall, SweepCounts, SweepReport, SweepThresholds } from './sweep/report.ts';
export { countVerdicts, gradeOf, scoreOf } from './sweep/report.ts';
export { parseSweepReport, serializeSweepReport } from './sweep/results-file.ts';
export { sweep } from './sweep/sweep.ts';
export type { SweepVerdict } from './sweep/verdict.ts';
export { SWEEP_VERDICTS } from './sweep/verdict.ts';
export type { UpgradeCheckOptions } from './upgrade-check/options.ts';
export type {
  ChangedRequest,
  ResponseDifference,
  UpgradeReport,
  UpgradeRun,
  UpgradeVerdict,
} from './upgrade-check/report.ts';
export { UPGRADE_VERDICTS } from './upgrade-check/report.ts';
export { upgradeToText } from './upgrade-check/text.ts';
export { upgradeCheck } from './upgrade-check/upgrade-check.ts';
export type { UnusedFaultInWorld } from './world/worlds.ts';
