import { MECHANISMS } from '../mechanisms/index.ts';
import { replayed } from './replayed.ts';
import { reserveBudgets } from './reserve.ts';

/**
 * The stages that an audit puts others in for, to see that it would catch them (worker/audit). A router has these and
 * no setting that changes them.
 */
export const STAGES = { reserveBudgets, replayed, mechanisms: MECHANISMS };
export type Stages = typeof STAGES;
