import type { ReactNode } from 'react';

/** A part of the Design page under its heading. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex min-w-0 flex-col gap-4">
      <h2 className="text-lg">{title}</h2>
      {children}
    </section>
  );
}
