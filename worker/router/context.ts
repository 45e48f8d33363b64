import type { KeyObject } from 'node:crypto';
import type { LogSigner } from '#lib/audit-log/checkpoint';
import type { KeyCustody } from '#lib/crypto/key-custody';
import type { Pool } from '#lib/db/pool';
import type { RouterEnv } from '#lib/env';
import type { Ledger } from '#lib/ledger/ledger';
import type { Logger } from '#lib/log';
import type { HeaderSigner } from '#lib/nodes/header-signature';
import type { KeyDirectory } from './keys/key-directory.ts';
import type { ProbeRecorder } from './nodes/probe-recorder.ts';
import type { NodeRegistry } from './nodes/registry.ts';
import type { Stages } from './stages/stage-set.ts';

/** The router's own keys; none of them leaves the process. */
export type RouterKeys = {
  identity: KeyObject;
  bodyHash: KeyObject;
  answer: KeyObject;
  log: KeyCustody;
  consoleTokenPublicPem: string;
  invitation: Buffer;
};

/** What every stage is given. Benchmarks and tests put other parts in by building another one. */
export type RouterContext = {
  env: RouterEnv;
  pool: Pool;
  /** For the public log's readers, who are anybody and as many as they like. */
  logPool: Pool;
  /** Every debit and what becomes of it. */
  ledger: Ledger;
  keys: RouterKeys;
  signer: LogSigner;
  signHeader: HeaderSigner;
  nodes: NodeRegistry;
  /** The nodes' keys for masking, carried between them. */
  keyDirectory: KeyDirectory;
  stages: Stages;
  probes: ProbeRecorder;
  log: Logger;
  /** Epsilon of a request that names none, and the delta of every epsilon. */
  defaults: { epsilon: number; delta: number };
  /** What the federation assumes of its nodes: how many may collude, and how often one of them answers. */
  protection: { maxCollude: number; availability: number };
  ledgerEpoch: number;
  /** Aborted when the router stops: answers under way end where they are. */
  stopping: AbortSignal;
  /** Questions being answered now; a router that stops waits for them. */
  inFlight: Set<Promise<unknown>>;
};
