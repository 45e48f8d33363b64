import { createHash } from 'node:crypto';
import type { Logger } from '#lib/log';
import type { ServerConfig } from '../config.ts';
import type { Engine } from '../engine.ts';
import type { Dialect } from './dialect.ts';
import { isBatchInvariant } from './is-batch-invariant.ts';
import { llamaServer } from './llama-server.ts';
import { ModelServer } from './model-server.ts';
import { openaiCompatible } from './openai-compatible.ts';
import { rememberedCheck } from './remembered-check.ts';
import { serverEngine } from './server-engine.ts';
import { sglang } from './sglang.ts';
import { vllm } from './vllm.ts';

const DIALECTS: Record<ServerConfig['kind'], (server: ModelServer, config: ServerConfig) => Dialect> = {
  'llama-server': llamaServer,
  vllm,
  sglang,
  'openai-compatible': openaiCompatible,
};

/**
 * Asks the server what it is and tries whether its scores may serve short answers. Throws when it cannot be reached, or
 * when the scores it gives are no log-probabilities; `checksFile` keeps what the self-test found.
 */
export async function openServer(config: ServerConfig, checksFile: string, log: Logger): Promise<Engine> {
  const server = new ModelServer(config);
  try {
    const dialect = DIALECTS[config.kind](server, config);
    const info = await dialect.open();
    const close = () => server.close();
    const can = { modelId: config.model, exactScores: config.kind !== 'openai-compatible' };
    let batchInvariant = false;
    if (can.exactScores && info.variance === null) {
      const overlapping = serverEngine(dialect, info, { ...can, batchInvariant: true }, close);
      const key = createHash('sha256')
        .update(JSON.stringify([config.kind, config.url, config.model, info.build]))
        .digest('hex');
      batchInvariant = await rememberedCheck(checksFile, key, () => isBatchInvariant(overlapping));
    }
    // Without its end token an answer could not end.
    const exactScores = can.exactScores && info.end !== null;
    const why = info.variance ?? otherReason(info.end !== null, batchInvariant);
    log.info(
      { kind: config.kind, model: config.model, exactScores, batchInvariant, why },
      'model server open',
    );
    const all = { ...can, exactScores, batchInvariant, ...(why && { noShortAnswers: why }) };
    return serverEngine(dialect, info, all, close);
  } catch (error) {
    await server.close();
    throw error;
  }
}

function otherReason(hasEnd: boolean, batchInvariant: boolean): string | null {
  if (!hasEnd) return 'nobody said which token ends an answer: set engine.endToken';
  return batchInvariant
    ? null
    : 'other prompts beside one change its scores: see docs/engines.md for its flags';
}
