/** Words to read out, in their order: big, and numbered for whoever listens. */
export function SixWords({ words }: { words: readonly string[] }) {
  return (
    <ol className="grid grid-cols-2 gap-2 sm:grid-cols-3">
      {words.map((word, index) => (
        <li
          key={`${index} ${word}`}
          className="flex items-baseline gap-2 rounded-md border bg-sunken px-3 py-2"
        >
          <span aria-hidden className="figures text-muted text-xs">
            {index + 1}
          </span>
          <span className="font-mono text-lg">{word}</span>
        </li>
      ))}
    </ol>
  );
}
