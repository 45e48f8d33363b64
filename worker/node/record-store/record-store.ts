import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Person } from '../records/read-resources.ts';
import type { PatientRecord } from '../records/record.ts';
import { type Decisions, readDecisions, requireNoneLost } from './decisions.ts';
import { decodeKeyFile, type PatientKeys } from './key-file.ts';
import { decodeManifest, keyIdOf, type Manifest, type StoredFile } from './manifest.ts';
import { findNodeKey, type NodeKey } from './node-key.ts';
import { patientTags } from './patient-tag.ts';
import { subkey, unseal } from './sealed.ts';
import { decodeShardFile, type SealedPatient } from './shard-file.ts';
import { RecordStoreError } from './store-error.ts';
import { type StorePlace, shardKeyId } from './store-place.ts';

/** Somebody in the store, and their name in it. */
export type StoredPerson = Person & { tag: string };

/** The records of one hospital on its disk, sealed under a key for each patient, as they were at one generation. */
export class RecordStore {
  readonly place: StorePlace;
  readonly manifest: Manifest;
  readonly nodeKey: NodeKey;
  readonly patients: PatientKeys;
  readonly decisions: Decisions;
  readonly tagOf: (patientId: string) => string;

  private constructor(
    place: StorePlace,
    read: Pick<RecordStore, 'manifest' | 'nodeKey' | 'patients' | 'decisions'>,
  ) {
    this.place = place;
    this.manifest = read.manifest;
    this.nodeKey = read.nodeKey;
    this.patients = read.patients;
    this.decisions = read.decisions;
    this.tagOf = patientTags(place.shardKey);
  }

  /** The store, or null where there is none yet. @throws RecordStoreError that says what is wrong and what to do. */
  static async open(place: StorePlace): Promise<RecordStore | null> {
    const path = join(place.folder, 'manifest.json');
    if (!existsSync(path)) return null;
    const text = await readFile(path, 'utf8');
    const nodeKey = findNodeKey(place.keyFile, keyIdOf(text));
    const manifest = decodeManifest(text, nodeKey.key);
    requireSameShards(manifest, place);
    const decisions = readDecisions(place.decisionsFile, place.shardKey);
    requireNoneLost(decisions, manifest.decisions, place.decisionsFile);
    const keys = await readStored(place, manifest.keys);
    return new RecordStore(place, {
      manifest,
      nodeKey,
      patients: decodeKeyFile(keys, wrappingKey(nodeKey)),
      decisions,
    });
  }

  /** Reads every file once: what is missing, cut or changed is found now and not when a shard is next built. */
  async check(): Promise<void> {
    for (const file of this.manifest.shards) await readStored(this.place, file);
  }

  /** Everybody of a shard, in the order of their tags, those included who are restricted. */
  async peopleOf(shard: number): Promise<StoredPerson[]> {
    return (await this.sealedOf(shard)).map((patient) => this.#open(patient));
  }

  async sealedOf(shard: number): Promise<SealedPatient[]> {
    const file = this.manifest.shards[shard];
    if (!file) throw new RangeError('there is no such shard');
    const patients = decodeShardFile(await readStored(this.place, file));
    // An erasure that a crash cut off has destroyed the key already: nothing is left to read.
    return patients.filter(({ tag }) => !this.decisions.erased.has(tag));
  }

  /** The records of a shard that may be used: nobody's who is restricted, refused or erased. */
  async recordsOf(shard: number): Promise<PatientRecord[]> {
    const { restricted, erased } = this.decisions;
    return (await this.peopleOf(shard))
      .filter(({ denied }) => !denied)
      .filter(({ members }) => !members.map(this.tagOf).some((tag) => restricted.has(tag) || erased.has(tag)))
      .flatMap(({ patientId, records }) => records.map((record) => ({ patientId, ...record })));
  }

  /** The name in this store of whom a Patient resource is; null for somebody who is not here. */
  find(patientId: string): string | null {
    const tag = this.tagOf(patientId);
    const person = this.patients.aliases.get(tag) ?? tag;
    return this.patients.keys.has(person) ? person : null;
  }

  #open({ tag, sealed }: SealedPatient): StoredPerson {
    const key = this.patients.keys.get(tag);
    if (!key) throw new RecordStoreError('the record store holds a patient without a key');
    try {
      return { ...(JSON.parse(unseal(key, sealed, Buffer.from(tag)).toString('utf8')) as Person), tag };
    } catch (cause) {
      throw new RecordStoreError('the record store holds a patient whose key does not fit', { cause });
    }
  }
}

export function wrappingKey(nodeKey: NodeKey): Buffer {
  return subkey(nodeKey.key, 'wrap');
}

async function readStored({ folder }: StorePlace, { name, sha256, bytes }: StoredFile): Promise<Buffer> {
  const path = join(folder, name);
  const content = await readFile(path).catch((cause: unknown) => {
    throw new RecordStoreError(`${path} of the record store cannot be read. ${MENDING}`, { cause });
  });
  if (content.length !== bytes || createHash('sha256').update(content).digest('hex') !== sha256)
    throw new RecordStoreError(`${path} of the record store was changed or cut short. ${MENDING}`);
  return content;
}

const MENDING =
  'Put back a whole copy of the folder, or delete the folder (not the files beside it) and start the node, which then takes the records in anew.';

function requireSameShards(manifest: Manifest, place: StorePlace): void {
  if (manifest.shards.length !== place.shards)
    throw new RecordStoreError(
      `shards: the record store has ${manifest.shards.length} shards and the configuration says ${place.shards}. Their number is public and fixed for the life of the record collection.`,
    );
  if (manifest.shardKeyId !== shardKeyId(place))
    throw new RecordStoreError(
      'shard.key is not the key that assigned the patients of this record store. Put the right one back.',
    );
}
