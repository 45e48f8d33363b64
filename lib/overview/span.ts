/** `from` is in it, `to` is not; ISO instants. */
export type Span = { from: string; to: string };
export type Buckets = Span & { bucket: 'hour' | 'day' | 'week' | 'month'; zone: string };
