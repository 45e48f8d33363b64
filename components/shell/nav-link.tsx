'use client';

import Link from 'next/link';
import { type ComponentProps, useState } from 'react';

/**
 * A way to another view. What stands there before its data is fetched as soon as it is pointed at or reached by key, a
 * moment before it is followed: with every page anew for all of them, that would be twenty requests nobody has a use for.
 */
export function NavLink(props: Omit<ComponentProps<typeof Link>, 'prefetch' | 'onPointerEnter' | 'onFocus'>) {
  const [meant, setMeant] = useState(false);
  const mean = () => setMeant(true);
  return <Link {...props} prefetch={meant ? null : false} onPointerEnter={mean} onFocus={mean} />;
}
