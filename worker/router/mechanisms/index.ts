import { consensus } from './consensus.ts';
import type { Mechanisms } from './mechanism.ts';
import { shortAnswer } from './short-answer.ts';
import { vote } from './vote.ts';

/** Every way in which this router answers privately. */
export const MECHANISMS: Mechanisms = { vote, consensus, 'short-answer': shortAnswer };
