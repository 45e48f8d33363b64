import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cliEnv } from '#lib/env';
import type { Command } from './command.ts';

const NODE_COMMANDS = fileURLToPath(new URL('../node/commands/main.ts', import.meta.url));

/**
 * A command of the hospital's own node. It runs in the node's own program: what reads records is not part of the router's,
 * and a hospital installs the node alone.
 */
function nodeCommand(verb: string, summary: string, help: string): Command {
  return {
    words: ['node', verb],
    summary,
    help,
    async run(args) {
      const folder = cliEnv().INIT_CWD ?? '.';
      const absolute = args.map((arg, at) => (args[at - 1] === '--config' ? resolve(folder, arg) : arg));
      const child = spawn(process.execPath, [NODE_COMMANDS, verb, ...absolute], { stdio: 'inherit' });
      const [code] = (await once(child, 'exit')) as [number | null];
      process.exitCode = code ?? 1;
    },
  };
}

const DECIDES = (
  verb: string,
  what: string,
  more = '',
) => `fdlr node ${verb} --config node.json --patient ID${more}

${what}
A running node is told and rebuilds the patient's shard: it holds from the next round on. The others' shards, the
assignment to shards and every budget stay as they are. Prints the node's signed statement, which names the patient by an
HMAC only this hospital can make. ID is the id of a Patient resource.`;

export const nodeRecordCommands: readonly Command[] = [
  nodeCommand(
    'refresh',
    "Takes in what the hospital's source of records holds now.",
    `fdlr node refresh --config node.json

Takes in the folder (recordsDir) or what the FHIR server (fhir) says has changed. Shards stay as they are assigned, and
nothing that was spent is given back. Whoever was erased stays out; refusals of consent hold from the next round on.
With "refreshMinutes" in node.json the running node does so by itself.`,
  ),
  nodeCommand(
    'restrict',
    "Keeps a patient's records and uses them no more, from the next round on.",
    DECIDES(
      'restrict',
      "Keeps a patient's records, encrypted, and uses them no more until `fdlr node lift`.",
    ),
  ),
  nodeCommand(
    'lift',
    "Ends the restriction of a patient's records.",
    DECIDES('lift', "Ends the restriction of a patient's records."),
  ),
  nodeCommand(
    'erase',
    "Destroys a patient's key and records at this node, for good.",
    DECIDES(
      'erase',
      `Destroys the patient's key and removes the records, for good: asks for the id once more unless --yes is given. What stays
is a tag that keeps them out of every refresh. The source is the hospital's to erase. Answers given before cannot be recalled.`,
      ' [--yes]',
    ),
  ),
  nodeCommand(
    'fhir-key',
    "Makes this node's key for the hospital's FHIR server and prints what to register.",
    `fdlr node fhir-key --config node.json

Makes the P-384 key by which this node signs in at the FHIR server (SMART Backend Services), where there is none, and prints
the JWKS to register there. The private key stays in the node's folder.`,
  ),
  nodeCommand(
    'local-key',
    "Makes, lists and revokes the keys by which a hospital's clinicians ask their own node.",
    `fdlr node local-key create --config node.json --name "NAME" [--expires DAYS]
fdlr node local-key list   --config node.json
fdlr node local-key revoke --config node.json --id ID

A key opens this node's local listener ("local" in node.json) and nothing else. It is shown once and stored as a hash; it runs
out after 30 days unless --expires says otherwise (365 at most). A revoked key is refused from the next request on.`,
  ),
];
