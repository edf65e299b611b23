/** What was asked for cannot be done as it is. The message is for the user, in one line. */
export class InputError extends Error {}
