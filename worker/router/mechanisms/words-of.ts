/** A vote generates no text and no tokenizer reads its prompt: its length is counted in words. */
export function wordsOf(prompt: string): number {
  return prompt.split(/\s+/).length;
}
