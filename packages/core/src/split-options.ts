/**
 * Parts the options of a function that makes a cache into its own and those that it passes on. Each
 * is read once, be it own or inherited: what becomes of `options` later does not matter.
 *
 * What cannot be enumerated, as the members of a class, cannot be in the parts either: who passes
 * it on or takes it knows its name, and no method is refused as an option that nobody knows.
 *
 * @param own The names of its own options.
 * @returns Its own options, `undefined` where there is none; and the others. Both are new objects.
 */
export function splitOptions<Name extends string>(
  options: object,
  own: readonly Name[],
): [own: Record<Name, unknown>, others: Record<string, unknown>] {
  const others = {} as Record<string, unknown>
  let holder: object | null = options
  for (; holder && holder !== Object.prototype; holder = Reflect.getPrototypeOf(holder)) {
    for (const [name, { enumerable }] of Object.entries(Object.getOwnPropertyDescriptors(holder))) {
      if (Object.hasOwn(others, name)) continue
      const value: unknown = Reflect.get(options, name)
      const member = { value, enumerable: enumerable === true, configurable: true, writable: true }
      Object.defineProperty(others, name, member)
    }
  }
  const taken = {} as Record<Name, unknown>
  for (const name of own) {
    taken[name] = others[name]
    delete others[name]
  }
  return [taken, others]
}
