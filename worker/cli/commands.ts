import type { Command } from './command.ts';
import { ledgerReconcile } from './ledger-reconcile.ts';
import { privacyAccount } from './privacy-account.ts';
import { privacyEfficiency } from './privacy-efficiency.ts';

export const COMMANDS: readonly Command[] = [privacyAccount, privacyEfficiency, ledgerReconcile];
