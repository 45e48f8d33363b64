import type { Command } from './command.ts';
import { nodeRecordCommands } from './node-records.ts';

/** A command by its words. All it needs is loaded when it is called, and nothing of the others. */
export type Listed = { words: readonly string[]; load(): Promise<Command> };

export const COMMANDS: readonly Listed[] = [
  { words: ['log', 'verify'], load: async () => (await import('./log-verify.ts')).logVerify },
  { words: ['privacy', 'account'], load: async () => (await import('./privacy-account.ts')).privacyAccount },
  {
    words: ['privacy', 'efficiency'],
    load: async () => (await import('./privacy-efficiency.ts')).privacyEfficiency,
  },
  {
    words: ['ledger', 'reconcile'],
    load: async () => (await import('./ledger-reconcile.ts')).ledgerReconcile,
  },
  { words: ['nodes', 'register'], load: async () => (await import('./nodes-register.ts')).nodesRegister },
  { words: ['node', 'init'], load: async () => (await import('./node-init.ts')).nodeInit },
  { words: ['node', 'preflight'], load: async () => (await import('./node-preflight.ts')).nodePreflight },
  { words: ['node', 'run'], load: async () => (await import('./node-run.ts')).nodeRun },
  { words: ['node', 'stop'], load: async () => (await import('./node-stop.ts')).nodeStop },
  { words: ['node', 'peers'], load: async () => (await import('./node-peers.ts')).nodePeers },
  ...nodeRecordCommands.map((command) => ({ words: command.words, load: async () => command })),
];
