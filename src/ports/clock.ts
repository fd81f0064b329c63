/** The time, passed in everywhere, so that tests can move it by hand. */
export interface Clock {
  /** Now, as ISO 8601 in UTC with milliseconds. */
  now(): string;
}
