import { type Command, Option } from "commander"
import { measureFeatures } from "./features/command.ts"
import { featureNames } from "./features/features.ts"
import { featuresPage } from "./features/page.ts"
import { type Invocation, known, print } from "./invocation.ts"
import {
  cachesOption,
  integersOption,
  jsonOption,
  namesOption,
  roundsOption,
  strategiesOption,
  typed,
} from "./options.ts"
import { measurePolymorphic } from "./polymorphic/command.ts"
import { polymorphicPage } from "./polymorphic/page.ts"
import { measureSpeed } from "./speed/command.ts"
import { speedPage } from "./speed/page.ts"
import { workloadNames } from "./speed/workloads.ts"
import { keyKinds } from "./stores/keys.ts"

/** What `--all` of `bench speed` stands for. */
const EVERYTHING = { keys: [...keyKinds], capacity: [1_000, 100_000] }

export function addSpeed(program: Command, invocation: Invocation): void {
  const names = keyKinds.map(typed).join(", ")
  program
    .command("speed")
    .description("time per operation, against other caches and Map")
    .addOption(integersOption("--capacity", "of every cache", [1, 100_000], [1_000]))
    .addOption(namesOption("--keys", `kinds of keys: ${names}`, keyKinds, ["int32", "string"]))
    .addOption(namesOption("--workloads", workloadNames.join(", "), workloadNames, workloadNames))
    .addOption(
      new Option("--all", "all kinds of keys, capacities 1000 and 100000: up to two hours").implies(
        EVERYTHING,
      ),
    )
    .addOption(
      new Option(
        "--polymorphic",
        "strategies with all of them warm in one process, against each alone",
      ),
    )
    .addOption(featuresOption())
    .addOption(strategiesOption())
    .addOption(cachesOption())
    .addOption(roundsOption(3))
    .addOption(jsonOption())
    .action(
      async ({
        capacity: capacities,
        strategies: list,
        polymorphic,
        with: features,
        json,
        ...options
      }) => {
        const { strategies } = await known(list, invocation)
        const chosen = { ...options, capacities, strategies }
        if (features) {
          print(
            await measureFeatures({ ...chosen, features }, invocation),
            json,
            featuresPage,
            invocation,
          )
        } else if (polymorphic) {
          const everyStrategy = await invocation.findStrategies()
          print(
            await measurePolymorphic({ ...chosen, everyStrategy }, invocation),
            json,
            polymorphicPage,
            invocation,
          )
        } else {
          print(await measureSpeed(chosen, invocation), json, speedPage, invocation)
        }
      },
    )
}

/** What `--with` implies where nothing else is said. */
const WITH_FEATURES = {
  keys: ["int32", "string", "object"],
  capacity: [1_000, 100_000],
  strategies: "lru",
}

function featuresOption(): Option {
  const names = featureNames.join(", ")
  const option = namesOption("--with", names, featureNames, featureNames)
  const { parseArg } = option
  return new Option(
    "--with [names]",
    `what caches are made with: ${names}; lru against those that have it`,
  )
    .argParser(parseArg!)
    .preset(names.replaceAll(" ", ""))
    .conflicts("polymorphic")
    .implies(WITH_FEATURES)
}
