import { join } from 'node:path';
import { sourceOf } from '../config.ts';
import { jwksFileOf, loadClientKey } from '../fhir/client-key.ts';
import { sendOrder } from '../record-store/control-socket.ts';
import { refresh } from '../record-store/refresh.ts';
import { storePlace } from '../record-store/store-place.ts';
import { requireClearConsents } from '../record-store/unclear-consents.ts';
import { aloneWithRecords } from './alone-with-records.ts';
import { type NodeCommand, print, readArguments } from './node-command.ts';

/** Takes in what the source holds now, in the running node or for the next one. */
export const refreshCommand: NodeCommand = async (args) => {
  const { config } = readArguments(args, {});
  const told = await sendOrder(config.dataDir, { order: 'refresh' });
  if (told) return print(told.done);
  const place = storePlace(config.dataDir, config.shards);
  const { changedShards, counts } = await aloneWithRecords(config, () =>
    refresh(place, sourceOf(config), false),
  );
  requireClearConsents(counts);
  print({ changedShards: changedShards.length, ...counts });
};

/** Makes the key for the hospital's FHIR server, and says what is registered there. */
export const fhirKeyCommand: NodeCommand = async (args) => {
  const { config } = readArguments(args, {});
  const file = join(config.dataDir, 'fhir-client.pem');
  const { jwks } = await loadClientKey(file);
  print({ register: jwksFileOf(file), jwks });
};
