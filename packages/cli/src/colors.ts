/** Whether to colour what is printed, to a terminal that `can` show it or to anything else. */
export function isColorful(env: NodeJS.ProcessEnv, can: boolean): boolean {
  const { NO_COLOR, FORCE_COLOR } = env
  if (NO_COLOR) return false
  return FORCE_COLOR ? !["0", "false"].includes(FORCE_COLOR) : can
}
