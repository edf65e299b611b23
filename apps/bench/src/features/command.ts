import type { Host } from "../host.ts"
import { measureSpeed, type SpeedOptions, type SpeedReport } from "../speed/command.ts"
import type { FeatureName } from "./features.ts"

export interface FeaturesOptions extends Omit<SpeedOptions, "feature"> {
  features: FeatureName[]
}

/** Where ours, with a feature, are furthest behind the rivals that do the whole job, or least ahead. */
export interface Worst {
  feature: FeatureName
  contests: number
  leads: number
  contest: string
  ours: string
  rival: string
  /** Time of the rival ÷ time of ours. */
  ratio: number
}

export interface FeaturesReport {
  command: "speed"
  machine: string
  with: FeatureName[]
  parts: FeaturePart[]
  /** None of a feature that no rival has in full. */
  worst: Worst[]
}

export interface FeaturePart extends SpeedReport {
  feature: FeatureName
}

/** Measures speed with each of the features, one after the other. */
export async function measureFeatures(
  options: FeaturesOptions,
  host: Host,
): Promise<FeaturesReport> {
  const { features, ...speed } = options
  const parts: FeaturePart[] = []
  for (const feature of features) {
    parts.push({ feature, ...(await measureSpeed({ ...speed, feature }, host)) })
  }
  return {
    command: "speed",
    machine: host.machine,
    with: features,
    parts,
    worst: parts.flatMap(worstOf),
  }
}

function worstOf({ feature, contests }: FeaturePart): Worst[] {
  const ratios = contests.map(({ contest, ours, rival }) => {
    return { contest, ours: ours.name, rival: rival.name, ratio: rival.value / ours.value }
  })
  const [worst] = ratios.sort((a, b) => a.ratio - b.ratio)
  if (worst === undefined) return []
  const leads = contests.filter(({ place }) => place === 1).length
  return [{ feature, contests: contests.length, leads, ...worst }]
}
