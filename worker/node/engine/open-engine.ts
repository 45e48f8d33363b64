import type { Logger } from '#lib/log';
import type { EngineConfig } from './config.ts';
import { EMBEDDED, type Engine, type EngineCapabilities } from './engine.ts';

/** The node's engine. `load` gives the model, which may take a while at its first call. */
export type OpenEngine = { capabilities: EngineCapabilities; load: () => Promise<Engine> };

/**
 * Opens the engine that the hospital has chosen. The demo model is loaded when it is first needed; any other is opened
 * at once, so that a wrong path or address is one clear error at the start.
 */
export async function openEngine(config: EngineConfig, checksFile: string, log: Logger): Promise<OpenEngine> {
  if (config.kind === 'embedded') {
    return {
      capabilities: EMBEDDED,
      load: onFirstUse(async () => (await import('./llama-engine.ts')).loadLlamaEngine()),
    };
  }
  const engine =
    config.kind === 'gguf'
      ? await (await import('./llama-engine.ts')).loadGgufEngine(config)
      : await (await import('./server/open-server.ts')).openServer(config, checksFile, log);
  return { capabilities: engine.capabilities, load: async () => engine };
}

/** Loads once, when first asked for; after a failure it is tried again. */
export function onFirstUse<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | null = null;
  return () => {
    loaded ??= load().catch((error: unknown) => {
      loaded = null;
      throw error;
    });
    return loaded;
  };
}
