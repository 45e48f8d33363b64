import { fileURLToPath } from 'node:url';
import { getLlama, type LlamaContextSequence, type LlamaModel, type Token } from 'node-llama-cpp';
import type { Engine, Generation } from './engine.ts';

const DEMO_MODEL = fileURLToPath(new URL('./model/demo-medllama-q8_0.gguf', import.meta.url));
const CONTEXT_TOKENS = 256;
const MAX_LABEL_TOKENS = 48;

/**
 * The demo model in this process, through node-llama-cpp's prebuilt CPU library. It writes medical-sounding prose
 * that means nothing; it exists so that every path runs with nothing to download (model/README.md).
 */
export async function loadLlamaEngine(modelPath = DEMO_MODEL): Promise<Engine> {
  const llama = await getLlama({ gpu: false, build: 'never', skipDownload: true, progressLogs: false });
  const model = await llama.loadModel({ modelPath });
  // One thread: with two on two busy cores so small a model is a hundred times slower.
  const context = await model.createContext({ contextSize: CONTEXT_TOKENS, sequences: 1, threads: 1 });
  const sequence = context.getSequence();
  const oneAtATime = queue();

  return {
    modelId: 'demo-medllama',
    generate: (prompt, maxTokens) => oneAtATime(() => generate(model, sequence, prompt, maxTokens)),
    scoreLabels: (prompt, labels) =>
      oneAtATime(async () => {
        const promptTokens = promptOf(model, prompt, MAX_LABEL_TOKENS);
        const scores: number[] = [];
        for (const label of labels) scores.push(await scoreLabel(model, sequence, promptTokens, label));
        return { scores, promptTokens: promptTokens.length };
      }),
    close: async () => {
      await context.dispose();
      await model.dispose();
      await llama.dispose();
    },
  };
}

/** The end of the prompt that fits beside `reserve` further tokens: the question usually stands last. */
function promptOf(model: LlamaModel, prompt: string, reserve: number): Token[] {
  const tokens = model.tokenize(prompt);
  const kept = tokens.slice(-(CONTEXT_TOKENS - reserve - 1));
  return model.tokens.bos === null ? kept : [model.tokens.bos, ...kept];
}

async function generate(
  model: LlamaModel,
  sequence: LlamaContextSequence,
  prompt: string,
  maxTokens: number,
): Promise<Generation> {
  const promptTokens = promptOf(model, `Question: ${prompt}\nAnswer:`, maxTokens);
  await sequence.clearHistory();
  const written: Token[] = [];
  let finishReason: Generation['finishReason'] = 'length';
  for await (const token of sequence.evaluate(promptTokens, {
    temperature: 0,
    repeatPenalty: { penalty: 1.2, punishTokens: () => written.slice(-64) },
  })) {
    if (model.isEogToken(token)) {
      finishReason = 'stop';
      break;
    }
    written.push(token);
    if (written.length >= maxTokens) break;
  }
  return {
    text: model.detokenize(written).trim(),
    promptTokens: promptTokens.length,
    completionTokens: written.length,
    finishReason,
  };
}

async function scoreLabel(
  model: LlamaModel,
  sequence: LlamaContextSequence,
  promptTokens: Token[],
  label: string,
): Promise<number> {
  const labelTokens = model.tokenize(` ${label}`).slice(0, MAX_LABEL_TOKENS);
  await sequence.clearHistory();
  const input = [...promptTokens, ...labelTokens.slice(0, -1)];
  const asked = await sequence.controlledEvaluate(
    input.map((token, i) =>
      i >= promptTokens.length - 1 ? [token, { generateNext: { probabilities: true } }] : token,
    ),
  );
  const logs = labelTokens.map((token, i) => {
    const probabilities = asked[promptTokens.length - 1 + i]?.next.probabilities;
    return Math.log(Math.max(probabilities?.get(token) ?? 0, Number.MIN_VALUE));
  });
  return logs.reduce((sum, log) => sum + log, 0) / logs.length;
}

/** One evaluation at a time: they share one sequence. */
function queue() {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work);
    last = next.catch(() => {});
    return next;
  };
}
