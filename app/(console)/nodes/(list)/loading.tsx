import { PageSkeleton } from '#components/shell/page-skeleton';

export default function Loading() {
  return <PageSkeleton rows={2} rowClass="h-80" />;
}
