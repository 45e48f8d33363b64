/** What the console promises on the demo history, on a machine that does nothing else. */
export const TARGETS = {
  interactiveMs: 1_000,
  scriptBytes: 250_000,
  statementMs: 50,
  seedSeconds: 30,
  /** The aim says "instantly": what a person takes for that when a whole database comes back. */
  resetSeconds: 5,
} as const;
