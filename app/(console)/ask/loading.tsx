import { PageSkeleton } from '#components/shell/page-skeleton';

export default function Loading() {
  return <PageSkeleton rows={1} rowClass="h-96" />;
}
