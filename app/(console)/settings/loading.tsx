import { PageSkeleton } from '#components/shell/page-skeleton';

export default function Loading() {
  return <PageSkeleton rows={8} rowClass="h-10" />;
}
