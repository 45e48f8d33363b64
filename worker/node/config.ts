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
  /** The router's channel, e.g. ws://127.0.0.1:3001/v1/nodes/channel. */
  routerUrl: z.url({ protocol: /^wss?$/ }),
  /** Raw Ed25519 public key of the router, hex: the node listens to no other. */
  routerKey: z.string().regex(/^[0-9a-f]{64}$/),
  /** File with the token this node dials in with. */
  tokenFile: z.string().min(1),
  /** The node's own folder: identity, shard key, spend log. */
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
  /** Nodes this hospital is willing to answer together with (its pinned peers), itself included. */
  peers: z.array(z.uuid()).min(1),
  minCohort: z.int().min(3).default(3),
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
