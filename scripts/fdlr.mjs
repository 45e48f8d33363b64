#!/usr/bin/env node
// The fdlr command from any folder and under any Node: setup.mjs installs what is missing and runs the pinned Node.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

process.env.INIT_CWD = process.cwd();
process.argv.splice(2, 0, join(dirname(fileURLToPath(import.meta.url)), '../worker/cli/main.ts'));
await import('./setup.mjs');
