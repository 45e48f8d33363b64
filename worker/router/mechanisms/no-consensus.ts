export const NO_CONSENSUS = 'The hospitals do not agree clearly enough on one of these labels.';
