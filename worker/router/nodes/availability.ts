/** So many probes as the operator's expectation counts for, before there are any. */
const EXPECTED_WEIGHT = 100;

/** The share of synthetic probes that a node answers, beginning at what is expected of any node. */
export class Availability {
  #answered: number;
  #sent = EXPECTED_WEIGHT;

  constructor(expected: number) {
    this.#answered = expected * EXPECTED_WEIGHT;
  }

  /** The estimate after one more probe. */
  after(answered: boolean): number {
    this.#sent += 1;
    if (answered) this.#answered += 1;
    return this.#answered / this.#sent;
  }
}
