import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

export const ROOT = fileURLToPath(new URL('../../../../../', import.meta.url));
/** The server that the contract is run against, left there by `npm run engines`. */
export const SERVER_FILE = join(ROOT, '.cache/engines/server.json');
export const DEMO_GGUF = join(ROOT, 'worker/node/engine/model/demo-medllama-q8_0.gguf');

/** `demo`: it has the demo model, so that its scores can be compared with those in this process. */
export const serverFileSchema = z.object({
  kind: z.enum(['llama-server', 'vllm', 'sglang', 'openai-compatible']),
  url: z.url(),
  model: z.string(),
  endToken: z.string().optional(),
  demo: z.boolean(),
});
export type ServerFile = z.infer<typeof serverFileSchema>;
