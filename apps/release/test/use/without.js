// Takes away what the engine of React Native, and others, lack or lacked. Imported before all else.
const names = ["AbortController", "AbortSignal", "performance", "process", "reportError"]
for (const name of [...names, "FinalizationRegistry", "WeakRef", "structuredClone"]) {
  delete globalThis[name]
}
for (const name of ["at", "findLast", "toReversed", "toSorted", "toSpliced", "with"]) {
  delete Array.prototype[name]
}
for (const name of ["getOrInsert", "getOrInsertComputed"]) delete Map.prototype[name]
delete Object.groupBy
delete Promise.withResolvers

const { set } = WeakMap.prototype
WeakMap.prototype.set = function (key, value) {
  if (typeof key === "symbol") throw new TypeError("a symbol is no weak key")
  return set.call(this, key, value)
}

// It has no properties that could be deleted.
const native = Symbol
const { dispose, asyncDispose, ...others } = Object.getOwnPropertyDescriptors(native)
globalThis.Symbol = Object.defineProperties((text) => native(text), others)
