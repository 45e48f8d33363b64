'use client';

import { createContext, type ReactNode, useContext, useLayoutEffect, useState } from 'react';

type Named = { id: string; name: string } | null;

const NamedContext = createContext<{ named: Named; setNamed: (named: Named) => void }>({
  named: null,
  setNamed: () => {},
});

/** Lets a page tell the breadcrumbs above it what the id in its address is called. */
export function CrumbNames({ children }: { children: ReactNode }) {
  const [named, setNamed] = useState<Named>(null);
  return <NamedContext value={{ named, setNamed }}>{children}</NamedContext>;
}

/** Stands in the page of a thing that has a name. */
export function CrumbName({ id, name }: { id: string; name: string }) {
  const { setNamed } = useContext(NamedContext);
  useLayoutEffect(() => {
    setNamed({ id, name });
    return () => setNamed(null);
  }, [id, name, setNamed]);
  return null;
}

/** What the page has called this id, or null. */
export function useCrumbName(id: string | undefined): string | null {
  const { named } = useContext(NamedContext);
  return named !== null && named.id === id ? named.name : null;
}
