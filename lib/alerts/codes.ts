/** What can be wrong. Stable: the console has words for each (alerts in lib/i18n/messages). */
export const ALERT_CODES = [
  /** A witness was shown a head that does not continue the one it signed last. */
  'log_fork',
  /** A witness was shown a smaller head than the one it signed last: the database is an older one. */
  'log_rollback',
  /** A witness was shown a head under another key than it pinned, or one that this key did not sign. */
  'witness_key',
  /** Receipts of a node are missing or do not follow from each other. */
  'receipt_gap',
] as const;
export type AlertCode = (typeof ALERT_CODES)[number];
