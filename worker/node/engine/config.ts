import { z } from 'zod';

const serverUrl = z.url({ protocol: /^https?$/ });
const common = {
  /** The name under which the router and its callers know the model. */
  model: z.string().min(1).max(128),
  /** A shard's own time for one answer of the model, from its own start; over it, it abstains. Public and fixed. */
  shardMs: z.int().min(20).max(8_000).default(250),
};
const server = {
  ...common,
  url: serverUrl,
  /** File with the server's API key, if it wants one. */
  apiKeyFile: z.string().min(1).optional(),
  /** File with the certificate authority of an https server that has its own. */
  caFile: z.string().min(1).optional(),
  /** Read from the server where it says so. */
  contextTokens: z.int().min(128).max(1_048_576).optional(),
  /** The text of the token that ends an answer, where the server does not say: short answers need it. */
  endToken: z.string().min(1).max(64).optional(),
};

/** The language model of a node, in its node.json. */
export const engineConfigSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('embedded') }),
  z.strictObject({
    kind: z.literal('gguf'),
    model: common.model,
    /** The model file. */
    gguf: z.string().min(1),
    contextTokens: z.int().min(128).max(131_072).default(2_048),
    threads: z.int().min(1).max(256).default(1),
    /** Only with a build of node-llama-cpp for it; the default install has none. */
    gpu: z.enum(['cuda', 'vulkan', 'metal']).optional(),
  }),
  z.strictObject({ kind: z.literal('llama-server'), ...server }),
  z.strictObject({ kind: z.literal('vllm'), ...server }),
  z.strictObject({ kind: z.literal('sglang'), ...server }),
  z.strictObject({ kind: z.literal('openai-compatible'), ...server }),
]);
export type EngineConfig = z.infer<typeof engineConfigSchema>;
export type ServerConfig = Exclude<EngineConfig, { kind: 'embedded' | 'gguf' }>;
export type GgufConfig = Extract<EngineConfig, { kind: 'gguf' }>;
