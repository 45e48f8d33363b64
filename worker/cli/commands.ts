import type { Command } from './command.ts';
import { ledgerReconcile } from './ledger-reconcile.ts';
import { logVerify } from './log-verify.ts';
import { nodeInit } from './node-init.ts';
import { nodePeers } from './node-peers.ts';
import { nodePreflight } from './node-preflight.ts';
import { nodeRun } from './node-run.ts';
import { nodeStop } from './node-stop.ts';
import { nodesRegister } from './nodes-register.ts';
import { privacyAccount } from './privacy-account.ts';
import { privacyEfficiency } from './privacy-efficiency.ts';

export const COMMANDS: readonly Command[] = [
  logVerify,
  privacyAccount,
  privacyEfficiency,
  ledgerReconcile,
  nodesRegister,
  nodeInit,
  nodePreflight,
  nodeRun,
  nodeStop,
  nodePeers,
];
