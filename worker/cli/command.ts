/** One thing that fdlr does. Its words are what it is called by: `fdlr privacy account ...`. */
export type Command = {
  words: readonly string[];
  /** One line for the list. */
  summary: string;
  /** All of what `--help` says. */
  help: string;
  /** Everything after the words. Answers go to stdout, the rest to stderr. Throws a UsageError for what is asked wrong. */
  run(args: readonly string[]): Promise<void>;
};
