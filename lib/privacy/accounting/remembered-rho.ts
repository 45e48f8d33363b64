import { remember } from './remember.ts';
import { rhoFromEpsilon } from './zcdp.ts';

/** rhoFromEpsilon, a search over bigints, once for each epsilon and delta. @throws RangeError as rhoFromEpsilon does. */
export const rememberedRho = remember(rhoFromEpsilon);
