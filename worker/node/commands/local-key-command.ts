import { createLocalKey, readLocalKeys, revokeLocalKey } from '../local/local-keys.ts';
import { localKeysFile } from '../local/local-server.ts';
import { type NodeCommand, NodeCommandError, print, readArguments } from './node-command.ts';

const DAY_MS = 24 * 3_600_000;
const MOST_DAYS = 365;

/** Makes, lists and revokes the keys by which this hospital's clinicians ask their own node. */
export const localKeyCommand: NodeCommand = async (args) => {
  const { config, values, positionals } = readArguments(args, {
    name: { type: 'string' },
    expires: { type: 'string', default: '30' },
    id: { type: 'string' },
  });
  const file = localKeysFile(config.dataDir);
  const [what] = positionals;
  if (what === 'create') return create(file, values.name, Number(values.expires));
  if (what === 'list') return print(readLocalKeys(file).map(({ hash: _hash, ...key }) => key));
  if (what === 'revoke') return revoke(file, values.id);
  throw new NodeCommandError('Say create, list or revoke.');
};

async function create(file: string, name: string | undefined, days: number): Promise<void> {
  if (!name || name.length > 100) throw new NodeCommandError('Say whose key it is with --name "NAME".');
  if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS)
    throw new NodeCommandError(`--expires is a number of days from 1 to ${MOST_DAYS}.`);
  const made = await createLocalKey(file, { name, expiresAt: new Date(Date.now() + days * DAY_MS) });
  const { id, expiresAt } = made.key;
  print({ id, name, expiresAt, key: made.secret });
  process.stderr.write('The key is shown this once. Hand it to this person and nobody else.\n');
}

async function revoke(file: string, id: string | undefined): Promise<void> {
  if (!id) throw new NodeCommandError('Name the key with --id ID; list shows them.');
  if (!(await revokeLocalKey(file, id))) throw new NodeCommandError('There is no such key in use.');
  print({ id, revoked: true });
}
