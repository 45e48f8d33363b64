import type { Command } from './command.ts';
import { privacyAccount } from './privacy-account.ts';

export const COMMANDS: readonly Command[] = [privacyAccount];
