/**
 * How long a round may take. After this a node no longer answers and the round has failed; it exceeds the sum of the
 * quotas of a lane's shards, which every node checks at its start (worker/node/lanes/time-quotas.ts).
 */
export const ROUND_DEADLINE_MS = 10_000;
