import { createInterface } from 'node:readline/promises';
import { identityWords } from '#lib/nodes/six-words/six-words';
import type { NodeConfig } from '../node/config.ts';
import { readOffered } from '../node/peers/offered-peers.ts';
import { readPeersFile, writePeersFile } from '../node/peers/peers-file.ts';
import type { Command } from './command.ts';
import { CONFIG_OPTION, configOf } from './node-config.ts';
import { parseOptions } from './parse-options.ts';
import { UsageError } from './usage-error.ts';

const WORDS = ['node', 'peers'];

const HELP = `fdlr node peers list|offered|add ID|add --all|remove ID --config FILE [--yes]

The hospitals that this one answers together with. The list is this hospital's alone: the router offers, and cannot add. A
running node reads it anew within a second.

  list        those on the list, each with the six words of its identity key
  offered     those that the router has named, and whether they are on the list
  add ID      shows the six words of the peer's key and asks; read them to that hospital first. --all: every offered one
  remove ID   takes it off the list; no round with it is answered from then on
  --yes       do not ask`;

const words = (identityKey: string) => identityWords(Buffer.from(identityKey, 'hex')).join(' ');
const NAMED_NOBODY = 'The router has named nobody yet: run the node, then look again.';
const say = (line: string) => void process.stdout.write(`${line}\n`);

export const nodePeers: Command = {
  words: WORDS,
  summary: 'Lists and changes the hospitals that this one answers together with.',
  help: HELP,
  async run(args) {
    const { values, positionals } = parseOptions(WORDS, args, {
      ...CONFIG_OPTION,
      yes: { type: 'boolean', default: false },
      all: { type: 'boolean', default: false },
    });
    const config = configOf(WORDS, values.config);
    const [what, id] = positionals;
    if (what === 'list') return list(config);
    if (what === 'offered') return offered(config);
    if (what === 'add' && (id || values.all)) return add(config, id ?? null, values.yes);
    if (what === 'remove' && id) return remove(config, id);
    throw new UsageError('Say list, offered, add ID or remove ID. See fdlr node peers --help.');
  },
};

function list({ peersFile }: NodeConfig): void {
  const peers = readPeersFile(peersFile);
  if (peers.length === 0) say('No peer is pinned: this node answers no round.');
  for (const { nodeId, name, identityKey } of peers) say(`${nodeId}  ${name}\n  ${words(identityKey)}`);
}

function offered({ dataDir, peersFile }: NodeConfig): void {
  const pinned = new Map(readPeersFile(peersFile).map((peer) => [peer.nodeId, peer.identityKey]));
  const peers = readOffered(dataDir);
  if (peers.length === 0) say(NAMED_NOBODY);
  for (const { nodeId, name, hospital, region, identityKey } of peers) {
    const known = pinned.get(nodeId);
    const standing =
      known === undefined ? 'not pinned' : known === identityKey ? 'pinned' : 'pinned with ANOTHER key';
    say(`${nodeId}  ${name} (${hospital}, ${region}): ${standing}\n  ${words(identityKey)}`);
  }
}

async function add({ dataDir, peersFile }: NodeConfig, id: string | null, yes: boolean): Promise<void> {
  const pinned = readPeersFile(peersFile);
  const known = new Set(pinned.map(({ nodeId }) => nodeId));
  const offered = readOffered(dataDir);
  const wanted = offered.filter(({ nodeId }) => (id === null ? !known.has(nodeId) : nodeId === id));
  if (wanted.length === 0) {
    if (id !== null) throw new Error('The router has named no such node. See fdlr node peers offered.');
    return say(offered.length > 0 ? 'All that the router has named are pinned.' : NAMED_NOBODY);
  }
  if (!yes && !process.stdin.isTTY) throw new UsageError('Add --yes where nobody can be asked.');
  for (const { nodeId, name, identityKey } of wanted) {
    if (known.has(nodeId)) throw new Error(`${name} is pinned already. Remove it first to pin another key.`);
    say(`${name}  ${nodeId}\n  ${words(identityKey)}`);
    if (!yes && !(await agrees(`Has ${name} read you the same six words? [y/N] `))) continue;
    pinned.push({ nodeId, name, identityKey, addedAt: new Date().toISOString() });
    await writePeersFile(peersFile, pinned);
    say(`${name} is pinned.`);
  }
}

async function remove({ peersFile }: NodeConfig, id: string): Promise<void> {
  const pinned = readPeersFile(peersFile);
  const left = pinned.filter(({ nodeId }) => nodeId !== id);
  if (left.length === pinned.length) throw new Error('No such peer is pinned. See fdlr node peers list.');
  await writePeersFile(peersFile, left);
  say(`${id} is no longer pinned.`);
}

async function agrees(question: string): Promise<boolean> {
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  // The end of the input (Ctrl-D) is no answer, and would never become one.
  const { promise: ended, resolve: end } = Promise.withResolvers<string>();
  asking.once('close', () => end(''));
  try {
    return /^y(es)?$/i.test((await Promise.race([asking.question(question), ended])).trim());
  } finally {
    asking.close();
  }
}
