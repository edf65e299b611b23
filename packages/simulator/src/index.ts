export { type Advice, type AdviseOptions, advise, type StrategyAdvice } from "./advice/advise.ts"
export type { RatioPoint } from "./advice/curve.ts"
export {
  type Candidate,
  type Recommendation,
  type RecommendOptions,
  type RecommendProgress,
  recommend,
  spread,
} from "./advice/recommend.ts"
export {
  type RecordedTraffic,
  type Recording,
  type RecordOptions,
  record,
} from "./advice/record.ts"
export type { Sufficient } from "./advice/sufficient.ts"
export type { CacheBounds, CacheMaker, Contenders, Unit } from "./contenders.ts"
export {
  type MissRatioCurve,
  type MissRatioCurveOptions,
  type MissRatioCurves,
  type MissRatioPoint,
  missRatioCurve,
} from "./miss-ratio-curve.ts"
export type { ByteStream } from "./platform.ts"
export type { CacheResult } from "./run.ts"
export { type SimulateOptions, type Simulation, simulate } from "./simulate.ts"
export { type StackDistances, stackDistances } from "./stack-distances.ts"
export type { OnBadLine } from "./trace/bad-lines.ts"
export type { Compression } from "./trace/compression.ts"
export type { ColumnName } from "./trace/fields.ts"
export type { Encoding } from "./trace/lines.ts"
export {
  type ByteSource,
  type ReadTraceOptions,
  readTrace,
  type Trace,
  type TraceFile,
  type TraceFormat,
  type TraceSource,
} from "./trace/read-trace.ts"
export { type BadLine, TraceError, type TraceErrorCode } from "./trace/trace-error.ts"
export type { Block, Key, PassOptions, Progress, Signal, Traffic } from "./traffic.ts"
export {
  fibonacci,
  loop,
  mixture,
  type Part,
  type RandomWorkloadOptions,
  type ShiftingHotSetOptions,
  scan,
  shiftingHotSet,
  uniform,
  type WorkloadOptions,
  zipf,
} from "./workloads/workloads.ts"
