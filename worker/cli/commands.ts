import type { Command } from './command.ts';
import { ledgerReconcile } from './ledger-reconcile.ts';
import { logVerify } from './log-verify.ts';
import { nodeRecordCommands } from './node-records.ts';
import { privacyAccount } from './privacy-account.ts';
import { privacyEfficiency } from './privacy-efficiency.ts';

export const COMMANDS: readonly Command[] = [
  logVerify,
  privacyAccount,
  privacyEfficiency,
  ledgerReconcile,
  ...nodeRecordCommands,
];
