'use client';
import { FailedPage } from '@/components/shell/not-found-page';

export default function Failed({ error, reset }: { error: Error; reset: () => void }) {
  return <FailedPage detail={error.message} onRetry={reset} />;
}
