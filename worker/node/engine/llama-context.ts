import type { LlamaContext, LlamaContextSequence, Token } from 'node-llama-cpp';

/**
 * One context of the model with one sequence, used by one caller at a time. Nothing is ever evaluated beside it in the
 * same batch or the same cache, so that a score depends on its own tokens and on nothing else.
 */
export class OwnContext {
  readonly #context: LlamaContext;
  readonly #sequence: LlamaContextSequence;
  readonly #vocabularySize: number;
  #last: Promise<unknown> = Promise.resolve();
  /** What the cache holds, and what came out after its last token. */
  #held: readonly Token[] = [];
  #logProbs: Float64Array | null = null;
  #users = 0;

  constructor(context: LlamaContext, vocabularySize: number) {
    this.#context = context;
    this.#sequence = context.getSequence();
    this.#vocabularySize = vocabularySize;
  }

  /** How many wait here or are at work. */
  get users(): number {
    return this.#users;
  }

  /** Tokens at the beginning of `tokens` that are in the cache. */
  sharedWith(tokens: readonly Token[]): number {
    let shared = 0;
    while (shared < this.#held.length && this.#held[shared] === tokens[shared]) shared += 1;
    return shared;
  }

  /** Runs `work` when nobody else uses this context; the cache is what it leaves behind. */
  exclusively<T>(work: (sequence: LlamaContextSequence) => Promise<T>): Promise<T> {
    return this.#inTurn(async () => {
      this.#forget();
      return work(this.#sequence);
    });
  }

  /**
   * Log-probabilities of what follows `tokens`. The first `atOnce` of them are one batch and each further one a batch of
   * its own, whatever was in the cache: sums in another order would be other bits.
   */
  next(tokens: readonly Token[], atOnce: number): Promise<Float64Array> {
    return this.#inTurn(async () => {
      const shared = this.sharedWith(tokens);
      if (shared === tokens.length && shared === this.#held.length && this.#logProbs) return this.#logProbs;
      let done = shared < tokens.length ? shared : tokens.length - 1;
      if (done < atOnce) done = 0;
      // Whatever fails from here on leaves a cache that nobody trusts.
      this.#forget();
      if (done === 0) await this.#sequence.clearHistory();
      else {
        const end = this.#sequence.nextTokenIndex;
        if (end > done) await this.#sequence.eraseContextTokenRanges([{ start: done, end }]);
      }
      let logProbs = new Float64Array(0);
      while (done < tokens.length) {
        const upTo = done < atOnce ? atOnce : done + 1;
        logProbs = await this.#evaluate(tokens.slice(done, upTo));
        done = upTo;
      }
      this.#held = [...tokens];
      this.#logProbs = logProbs;
      return logProbs;
    });
  }

  async dispose(): Promise<void> {
    await this.#context.dispose();
  }

  async #evaluate(tokens: readonly Token[]): Promise<Float64Array<ArrayBuffer>> {
    const last = tokens.length - 1;
    const evaluated = await this.#sequence.controlledEvaluate(
      tokens.map((token, at) => (at === last ? [token, { generateNext: { probabilities: true } }] : token)),
    );
    const probabilities = evaluated[last]?.next.probabilities;
    if (!probabilities) throw new Error('the model gave no probabilities');
    const logProbs = new Float64Array(this.#vocabularySize).fill(Number.NEGATIVE_INFINITY);
    for (const [token, probability] of probabilities) logProbs[token] = Math.log(probability);
    return logProbs;
  }

  #forget(): void {
    this.#held = [];
    this.#logProbs = null;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    this.#users += 1;
    const next = this.#last.then(work, work);
    this.#last = next
      .catch(() => {})
      .then(() => {
        this.#users -= 1;
      });
    return next;
  }
}
