import {
  defineStrategy,
  type Policy,
  SlotHeap,
  type SlotList,
  type StrategyTraits,
} from "@evictionary/core"
import { keeping } from "../others.ts"
import { CheckedColumn, CheckedList, type Column, type Range } from "./parts.ts"
import { runningWatch, Watch } from "./watch.ts"

/** What columns hold, by the name of the method that makes them. */
const COLUMNS: Readonly<Record<string, Range>> = {
  bytes: {
    what: "integers from 0 to 255",
    includes: (value) => value >>> 0 === value && value < 256,
  },
  integers: {
    what: "integers of 32 bits",
    includes: (value) => (value | 0) === value,
  },
  floats: {
    what: "numbers but NaN",
    includes: (value) => !Number.isNaN(value),
  },
}

type Make = (this: object, ...args: unknown[]) => object
type Methods = Record<string, Make>

/** The engine's side of the parts, of which all its caches have one. */
let engine: Methods | undefined
const watches = new WeakMap<object, Watch>()
let isOpen = false

/**
 * Whatever policy is made while `act` runs gets checked parts: lists, columns and ghosts that notice
 * misuse. For that the methods of the engine are exchanged, since a strategy may be wrapped in
 * another one, of which nobody knows how it makes its caches.
 */
export function watching<T>(act: () => T): T {
  if (isOpen) return act()
  engine ??= findEngine()
  const heap = SlotHeap.prototype as unknown as Methods
  const real = pick(engine, [...Object.keys(COLUMNS), "list", "ghosts", "recall", "serve"])
  const ofHeap = pick(heap, ["add", "remove", "update"])
  isOpen = true
  for (const [kind, make] of Object.entries(real)) {
    if (kind === "serve") define(engine, kind, serving(make))
    else if (kind === "recall") define(engine, kind, recalling(make))
    else define(engine, kind, making(kind, make))
  }
  for (const [name, method] of Object.entries(ofHeap)) define(heap, name, inHeap(name, method))
  try {
    return act()
  } finally {
    for (const [name, method] of Object.entries(real)) define(engine, name, method)
    for (const [name, method] of Object.entries(ofHeap)) define(heap, name, method)
    isOpen = false
  }
}

function findEngine(): Methods {
  let found: object = {}
  const probe = defineStrategy("probe", (context) => {
    found = Object.getPrototypeOf(context.slots) as object
    return keeping.createPolicy(context)
  })
  probe({ capacity: 1 })
  return found as Methods
}

function making(kind: string, make: Make): Make {
  return function (this: object) {
    const watch = watchOf(this)
    watch.checkNew(kind)
    const real = make.call(this)
    const range = COLUMNS[kind]
    const part = range
      ? new CheckedColumn(real as Column, range, watch)
      : new CheckedList(real as SlotList, watch)
    watch.parts.set(part, `${kind} ${watch.parts.size + 1}`)
    return part
  }
}

/** A heap is made of columns, which see nothing of what is wrong with it. */
function inHeap(name: string, method: Make): Make {
  return function (this: object, ...args: unknown[]) {
    const watch = runningWatch()
    const [slot, priority] = args as [number, unknown]
    if (watch !== undefined && (this as SlotHeap).has(slot) === (name === "add")) {
      const where = name === "add" ? "in it already" : "not in it"
      watch.fail(
        `calls ${watch.nameOf(this)}.${name}(${args.join(", ")}), and slot ${slot} is ${where}`,
      )
    }
    if (watch !== undefined && name !== "remove" && Number.isNaN(priority)) {
      watch.fail(`calls ${watch.nameOf(this)}.${name}(${slot}, NaN)`)
    }
    return method.apply(this, args)
  }
}

function serving(serve: Make): Make {
  return function (this: object, ...args: unknown[]) {
    const watch = watchOf(this)
    const [strategy, capacity, options] = args as [StrategyTraits, number, never]
    const policy = watch.watched(serve.apply(this, args) as Policy)
    const { ghosts = Infinity } = strategy
    watch.expect(capacity, typeof ghosts === "number" ? ghosts : ghosts(options))
    return policy
  }
}

/** The engine takes a ghost off its list. */
function recalling(recall: Make): Make {
  return function (this: object, slot: unknown) {
    watchOf(this).recall(slot as number)
    return recall.call(this, slot)
  }
}

function watchOf(slots: object): Watch {
  let watch = watches.get(slots)
  if (watch === undefined) {
    watch = new Watch()
    watches.set(slots, watch)
  }
  return watch
}

function pick(engine: Methods, names: readonly string[]): Methods {
  return Object.fromEntries(names.map((name) => [name, engine[name] as Make]))
}

function define(engine: Methods, name: string, value: Make): void {
  Object.defineProperty(engine, name, { value, configurable: true, writable: true })
}
