import type { Place } from '../merkle.ts';
import type { Tile } from '../tile-path.ts';
import type { Finding } from './finding.ts';

/** Where a log is read from. What is not there is null: whoever verifies says what that means. */
export interface LogSource {
  verifierKey(): Promise<string>;
  /** The witnesses' keys as the log itself names them. */
  witnesses(): Promise<string[]>;
  /** The note of the head that the log shows, with its cosignatures; null where it has none. */
  head(): Promise<string | null>;
  /** Every head that was kept, smallest first. */
  checkpoints(): Promise<string[]>;
  /** One for each of the tile's entries. */
  entries(tile: Tile): Promise<(Buffer | null)[]>;
  /** One for each of the tile's hashes. */
  hashes(tile: Tile): Promise<(Buffer | null)[]>;
  /** Sizes of heads that witnesses signed, as far as they are known apart from the heads. */
  cosignedSizes(): Promise<bigint[]>;
  /** Hashes of complete subtrees between the tiles' levels: only the database has them. */
  subtrees?(places: readonly Place[]): Promise<(Buffer | null)[]>;
  /** What is wrong with how a log of so many entries is kept, beside what it says. Asked after all of it was read. */
  keptWrong?(size: bigint): Promise<Finding[]>;
}
