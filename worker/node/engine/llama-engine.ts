import { fileURLToPath } from 'node:url';
import { getLlama, type LlamaContextSequence, type LlamaModel, type Token } from 'node-llama-cpp';
import { chooseContext } from './choose-context.ts';
import type { GgufConfig } from './config.ts';
import {
  type AnswerSoFar,
  EMBEDDED,
  type EngineCapabilities,
  type Generation,
  type LocalEngine,
} from './engine.ts';
import { likeliestOf } from './likeliest-of.ts';
import { OwnContext } from './llama-context.ts';
import { readVocabulary } from './llama-vocabulary.ts';
import { CONTEXT_TOKENS, fitPrompt, questionForm } from './prompt-tokens.ts';

const DEMO_MODEL = fileURLToPath(new URL('./model/demo-medllama-q8_0.gguf', import.meta.url));
const MAX_LABEL_TOKENS = 48;
/** Answers that go on side by side without evaluating their prompts again; 2 MB each. */
const ANSWER_CONTEXTS = 8;
/** For whole public texts and label scores: while one is written, private rounds take their steps elsewhere. */
const WRITING_CONTEXTS = 2;

/**
 * The demo model in this process, through node-llama-cpp's prebuilt CPU library. It writes medical-sounding prose
 * that means nothing; it exists so that every path runs with nothing to download (model/README.md).
 */
export function loadLlamaEngine(modelPath = DEMO_MODEL): Promise<LocalEngine> {
  // One thread: with two on two busy cores so small a model is a hundred times slower.
  return loadLocalEngine({ modelPath, capabilities: EMBEDDED, contextTokens: CONTEXT_TOKENS, threads: 1 });
}

/** Any GGUF file in this process. Its vocabulary must be a SentencePiece one, which records are read with. */
export function loadGgufEngine(config: GgufConfig): Promise<LocalEngine> {
  const { model: modelId, gguf: modelPath, contextTokens, threads, gpu } = config;
  const capabilities: EngineCapabilities = { ...EMBEDDED, modelId, contextTokens };
  return loadLocalEngine({ modelPath, capabilities, contextTokens, threads, ...(gpu && { gpu }) });
}

type LocalModel = {
  modelPath: string;
  capabilities: EngineCapabilities;
  contextTokens: number;
  threads: number;
  gpu?: 'cuda' | 'vulkan' | 'metal';
};

async function loadLocalEngine(local: LocalModel): Promise<LocalEngine> {
  const { modelPath, capabilities, contextTokens, threads, gpu = false } = local;
  const llama = await getLlama({ gpu, build: 'never', skipDownload: true, progressLogs: false });
  const model = await llama.loadModel({ modelPath });
  const vocabulary = readVocabulary(model);
  const newContext = async () => {
    const context = await model.createContext({ contextSize: contextTokens, sequences: 1, threads });
    return new OwnContext(context, vocabulary.pieces.length);
  };
  const contexts = await Promise.all(Array.from({ length: ANSWER_CONTEXTS + WRITING_CONTEXTS }, newContext));
  const answering = contexts.slice(0, ANSWER_CONTEXTS);
  const writing = contexts.slice(ANSWER_CONTEXTS);
  const tokenize = (text: string) => model.tokenize(text);
  const fit = (text: string, reserve: number) =>
    fitPrompt(tokenize(text), model.tokens.bos, reserve, contextTokens);
  const formOf = (prompt: string) => questionForm(prompt, contextTokens);
  const requireTokens = (ids: readonly number[], what: string) => {
    const unknown = ids.find((id) => vocabulary.pieces[id] === undefined);
    if (unknown !== undefined) throw new RangeError(`${what}: ${unknown} is no token of this model`);
  };

  async function nextToken({ prompt, records, prefix, maxTokens }: AnswerSoFar) {
    requireNoRecords(records);
    const asked = fit(formOf(prompt), maxTokens);
    requireTokens(prefix, 'prefix');
    const tokens = [...asked, ...(prefix as Token[])];
    if (tokens.length > contextTokens) throw new RangeError('prefix is longer than the room kept for it');
    const logProbs = await chooseContext(answering, tokens, asked.length).next(tokens, asked.length);
    return { logProbs, promptTokens: asked.length };
  }

  return {
    capabilities,
    vocabulary,
    tokenCount: vocabulary.pieces.length,
    tokenize,
    nextToken,
    generate: (prompt, maxTokens) => {
      const tokens = fit(formOf(prompt), maxTokens);
      const context = chooseContext(writing, tokens, tokens.length + 1);
      return context.exclusively((sequence) => generate(model, sequence, tokens, maxTokens));
    },
    scoreLabels: async ({ prompt, records }, labels) => {
      requireNoRecords(records);
      const tokens = fit(prompt, MAX_LABEL_TOKENS);
      const context = chooseContext(writing, tokens, tokens.length);
      const scores: number[] = [];
      for (const label of labels) {
        scores.push(await scoreLabel(context, tokens, tokenize(` ${label}`).slice(0, MAX_LABEL_TOKENS)));
      }
      return { scores, promptTokens: tokens.length };
    },
    likeliest: async (answer, top) => {
      const { logProbs, promptTokens } = await nextToken(answer);
      return { ...likeliestOf(logProbs, vocabulary, top), promptTokens };
    },
    candidateScores: async (answer, candidates) => {
      requireTokens(candidates, 'candidates');
      const { logProbs, promptTokens } = await nextToken(answer);
      return { logProbs: candidates.map((id) => logProbs[id] ?? Number.NaN), promptTokens };
    },
    close: async () => {
      for (const context of contexts) await context.dispose();
      await model.dispose();
      await llama.dispose();
    },
  };
}

/** A fault in a native library ends the whole process and not one shard: records stay out of it. */
function requireNoRecords(records: readonly string[] | undefined): void {
  if (records) throw new TypeError('a model in this process is shown no records');
}

async function generate(
  model: LlamaModel,
  sequence: LlamaContextSequence,
  promptTokens: Token[],
  maxTokens: number,
): Promise<Generation> {
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

/** The label's tokens one by one, each from the scores of what stands before it. */
async function scoreLabel(
  context: OwnContext,
  prompt: readonly Token[],
  label: readonly Token[],
): Promise<number> {
  let sum = 0;
  for (let at = 0; at < label.length; at += 1) {
    const logProbs = await context.next([...prompt, ...label.slice(0, at)], prompt.length);
    sum += Math.max(logProbs[label[at] ?? -1] ?? Number.NEGATIVE_INFINITY, Math.log(Number.MIN_VALUE));
  }
  return label.length === 0 ? Number.NEGATIVE_INFINITY : sum / label.length;
}
