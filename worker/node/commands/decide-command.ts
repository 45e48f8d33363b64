import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { loadOrCreateEd25519 } from '#lib/crypto/key-files';
import { sendOrder } from '../record-store/control-socket.ts';
import { erasePatient, liftRestriction, restrictPatient } from '../record-store/decide.ts';
import type { Verb } from '../record-store/decisions.ts';
import { signStatement } from '../record-store/sign-statement.ts';
import { storePlace } from '../record-store/store-place.ts';
import { aloneWithRecords } from './alone-with-records.ts';
import { type NodeCommand, NodeCommandError, print, readArguments } from './node-command.ts';

const VERBS = { restrict: restrictPatient, lift: liftRestriction, erase: erasePatient };

/** Asks the running node; does it itself where none runs. Prints the node's signed statement of it. */
export function decideCommand(verb: Verb): NodeCommand {
  return async (args) => {
    const { config, values } = readArguments(args, {
      patient: { type: 'string' },
      yes: { type: 'boolean', default: false },
    });
    const patientId = values.patient;
    if (!patientId)
      throw new NodeCommandError('Name the patient with --patient ID (the id of a Patient resource).');
    if (verb === 'erase' && !values.yes) await confirm(patientId);
    const told = await sendOrder(config.dataDir, { order: verb, patientId });
    if (told) return print(told.done);
    const { dataDir, shards, nodeId } = config;
    const decided = await aloneWithRecords(config, () => VERBS[verb](storePlace(dataDir, shards), patientId));
    print(signStatement(decided, nodeId, loadOrCreateEd25519(join(dataDir, 'identity.pem'))));
  };
}

async function confirm(patientId: string): Promise<void> {
  if (!process.stdin.isTTY) throw new NodeCommandError('Add --yes where nobody can be asked.');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const typed = await terminal.question(
    "This destroys the patient's key and records here for good; they do not come back with a refresh.\nType the patient's id to go on: ",
  );
  terminal.close();
  if (typed.trim() !== patientId) throw new NodeCommandError('That is another id. Nothing was changed.');
}
