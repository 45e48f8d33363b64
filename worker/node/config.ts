import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { engineConfigSchema } from './engine/config.ts';
import { DEFAULT_TICK_MS } from './lanes/time-quotas.ts';
import { localSchema } from './local/local-config.ts';
import { fhirServerSchema, type RecordSource } from './record-store/sources.ts';

/** What the hospital decides about its own node. A file of its own, not environment: one host may run several. */
const bigintText = z.string().regex(/^(0|[1-9][0-9]{0,37})$/);

const configSchema = z.strictObject({
  nodeId: z.uuid(),
  name: z.string().min(1).max(128),
  /** The router's channel, e.g. https://router.example:3003. The one thing that this node dials. */
  routerUrl: z.url({ protocol: /^https$/ }),
  /** SHA-256 of the authority's certificate, hex, as the invite said it: nothing is sent to whom it does not vouch for. */
  caFingerprint: z.string().regex(/^[0-9a-f]{64}$/),
  /** Raw Ed25519 public key of the router, hex: the node listens to no other. */
  routerKey: z.string().regex(/^[0-9a-f]{64}$/),
  /** The node's own folder: identity, TLS key and certificate, shard key, spend log. */
  dataDir: z.string().min(1),
  /** A folder of FHIR R4 bulk NDJSON; or `fhir`, a server that exports the same. */
  recordsDir: z.string().min(1).optional(),
  fhir: fhirServerSchema.optional(),
  /** The source is looked at so often; never by itself unless given. */
  refreshMinutes: z.int().min(1).max(43_200).optional(),
  /** A listener for this hospital's own clinicians; there is none unless given. */
  local: localSchema.optional(),
  /** Public and fixed for the life of the record collection. */
  shards: z.int().min(1).max(65_536),
  lanes: z.int().min(1).max(1024),
  /** Its language model. */
  engine: engineConfigSchema.default({ kind: 'embedded' }),
  /** The hospital's own limit on what may ever be spent here, pico-rho; the node refuses past it, whatever the router says. */
  limitRhoPico: bigintText,
  /** Purposes this hospital answers for. */
  purposes: z.array(z.string().min(1)).min(1),
  /** The hospital's own list of the nodes it answers together with, and their identity keys (fdlr node peers). */
  peersFile: z.string().min(1),
  minCohort: z.int().min(3).default(3),
  /** So many others it reckons to be in league with the router: a gaussian round that counts on fewer is refused. */
  minCollude: z.int().min(0).max(16).default(1),
  /** The least standard deviation of this node's own noise in a gaussian round, in votes. */
  minSigmaLocal: z.number().min(2).default(2),
  /** A router in a hurry is a router gone wrong: every token of a short answer is a round. */
  maxRoundsPerMinute: z.int().min(1).max(1_000_000).default(12_000),
  /**
   * Replies leave on multiples of this, counted from the round's arrival: public. It covers a round's usual work and one
   * shard that used up its time and its thread; a node with less does not start (lanes/time-quotas.ts).
   */
  tickMs: z.int().min(10).max(10_000).default(DEFAULT_TICK_MS),
});
export type NodeConfig = z.infer<typeof configSchema>;

export function readConfig(file: string): NodeConfig {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Error(`The node's configuration ${file} cannot be read.`, { cause });
  }
  const parsed = configSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The node's configuration ${file} is not valid. ${faults.join('; ')}`);
}

/** Where this node's records come from. */
export function sourceOf({
  recordsDir,
  fhir,
  dataDir,
}: Pick<NodeConfig, 'recordsDir' | 'fhir' | 'dataDir'>): RecordSource {
  if (recordsDir !== undefined && fhir === undefined) return { kind: 'folder', recordsDir };
  if (fhir !== undefined && recordsDir === undefined)
    return { kind: 'fhir', server: fhir, clientKeyFile: join(dataDir, 'fhir-client.pem') };
  throw new Error('Give either recordsDir or fhir: a node takes its records from one source.');
}
