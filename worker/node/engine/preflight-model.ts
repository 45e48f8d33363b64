import type { Logger } from '#lib/log';
import type { EngineConfig } from './config.ts';
import type { Engine } from './engine.ts';
import { openEngine } from './open-engine.ts';

/** One line of a node's preflight: what was found and, where it failed, what to do. */
export type ModelFinding = {
  check: 'model';
  outcome: 'passed' | 'failed';
  found: string;
  remedy: string | null;
};

const LONGEST = 300;

/** Opens the hospital's model as the node would, asks it one public question and says what it may be used for. */
export async function preflightModel(
  config: EngineConfig,
  checksFile: string,
  log: Logger,
): Promise<ModelFinding> {
  let engine: Engine | null = null;
  try {
    engine = await (await openEngine(config, checksFile, log)).load();
    const { capabilities } = engine;
    await engine.generate('What are the symptoms of asthma?', 4);
    const { modelId, exactScores, batchInvariant, noShortAnswers } = capabilities;
    const answers = exactScores && batchInvariant;
    return {
      check: 'model',
      outcome: 'passed',
      found: `${modelId} (${config.kind}): votes${answers ? ' and short answers' : ' only'}`.slice(
        0,
        LONGEST,
      ),
      remedy: answers ? null : (noShortAnswers ?? 'it has no exact scores').slice(0, LONGEST),
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'the model failed';
    return {
      check: 'model',
      outcome: 'failed',
      found: reason.slice(0, LONGEST),
      remedy: 'Mend "engine" in node.json, or the server it names; docs/engines.md says how.',
    };
  } finally {
    await engine?.close();
  }
}
