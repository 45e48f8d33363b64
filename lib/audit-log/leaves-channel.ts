/** Channel of Postgres's NOTIFY that says that leaves got their index. */
export const LEAVES_CHANNEL = 'fdlr_leaves';
