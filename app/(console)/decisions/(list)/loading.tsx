import { PageSkeleton } from '#components/shell/page-skeleton';

export default function Loading() {
  return <PageSkeleton rows={3} rowClass="h-28" />;
}
