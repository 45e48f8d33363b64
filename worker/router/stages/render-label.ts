export { renderLabel } from '#lib/openai/answer-format';
