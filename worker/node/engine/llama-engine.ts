import { fileURLToPath } from 'node:url';
import { getLlama, type LlamaContextSequence, type LlamaModel, type Token } from 'node-llama-cpp';
import { chooseContext } from './choose-context.ts';
import { type AnswerSoFar, EMBEDDED, type Engine, type Generation } from './engine.ts';
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
export async function loadLlamaEngine(modelPath = DEMO_MODEL): Promise<Engine> {
  const llama = await getLlama({ gpu: false, build: 'never', skipDownload: true, progressLogs: false });
  const model = await llama.loadModel({ modelPath });
  const vocabulary = readVocabulary(model);
  const newContext = async () => {
    // One thread: with two on two busy cores so small a model is a hundred times slower.
    const context = await model.createContext({ contextSize: CONTEXT_TOKENS, sequences: 1, threads: 1 });
    return new OwnContext(context, vocabulary.pieces.length);
  };
  const contexts = await Promise.all(Array.from({ length: ANSWER_CONTEXTS + WRITING_CONTEXTS }, newContext));
  const answering = contexts.slice(0, ANSWER_CONTEXTS);
  const writing = contexts.slice(ANSWER_CONTEXTS);
  const tokenize = (text: string) => model.tokenize(text);

  return {
    capabilities: EMBEDDED,
    vocabulary,
    tokenize,
    generate: (prompt, maxTokens) => {
      const tokens = fitPrompt(tokenize(questionForm(prompt)), model.tokens.bos, maxTokens);
      const context = chooseContext(writing, tokens, tokens.length + 1);
      return context.exclusively((sequence) => generate(model, sequence, tokens, maxTokens));
    },
    scoreLabels: async (prompt, labels) => {
      const tokens = fitPrompt(tokenize(prompt), model.tokens.bos, MAX_LABEL_TOKENS);
      const context = chooseContext(writing, tokens, tokens.length);
      const scores: number[] = [];
      for (const label of labels) {
        scores.push(await scoreLabel(context, tokens, tokenize(` ${label}`).slice(0, MAX_LABEL_TOKENS)));
      }
      return { scores, promptTokens: tokens.length };
    },
    nextToken: async ({ prompt, prefix, maxTokens }: AnswerSoFar) => {
      const asked = fitPrompt(tokenize(questionForm(prompt)), model.tokens.bos, maxTokens);
      const unknown = prefix.find((id) => vocabulary.pieces[id] === undefined);
      if (unknown !== undefined) throw new RangeError(`prefix: ${unknown} is no token of this model`);
      const tokens = [...asked, ...(prefix as Token[])];
      if (tokens.length > CONTEXT_TOKENS) throw new RangeError('prefix is longer than the room kept for it');
      const logProbs = await chooseContext(answering, tokens, asked.length).next(tokens, asked.length);
      return { logProbs, promptTokens: asked.length };
    },
    close: async () => {
      for (const context of contexts) await context.dispose();
      await model.dispose();
      await llama.dispose();
    },
  };
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
