/** The replica that stands in requests seeded for the demo: a story, of which nothing was measured. */
export const DEMO_HISTORY_REPLICA = 'demo-history';
