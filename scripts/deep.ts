/**
 * Whether tests look deeper than a newcomer has time for: more examples of each law, every mutant,
 * large tables. `EVICTIONARY_DEEP=1` asks for it.
 */
export const deep: boolean = (process.env.EVICTIONARY_DEEP ?? "") !== ""
