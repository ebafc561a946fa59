'use client';
import { useQuery } from '@tanstack/react-query';
import { WeightBar } from '@/components/traffic/weight-bar';
import { writability } from '@/components/traffic/writability';
import { accessOptions, sourcesOptions } from '@/lib/client/queries';
import type { MeshStream } from '@/lib/client/use-mesh-stream';
import { useSpeech } from '@/lib/i18n/react';
import type { Router } from '@/lib/mesh/model';
import styles from './inspector.module.css';

/** The routes of a router, each with its weights. */
export function Routes({
  router,
  route,
  source,
  stream,
}: {
  router: Router;
  route: string | undefined;
  source: string;
  stream: MeshStream;
}) {
  const { t } = useSpeech();
  const access = useQuery(accessOptions(source, router.ref.namespace));
  const sources = useQuery(sourcesOptions());
  const readOnly = sources.data?.sources.find((each) => each.id === source)?.readOnly ?? false;
  const writable = writability(stream.picture, stream.connection, router, readOnly, access.data);
  return (
    <section>
      <h3>{t('inspector.routes')}</h3>
      {router.routes.map((each) => (
        <div key={each.name} className={styles.route} data-current={each.name === route ? '' : undefined}>
          <p className={styles.routeName}>
            {each.name} <span className={styles.note}>{each.protocol}</span>
          </p>
          <WeightBar router={router} route={each} writable={writable} withReview={false} />
        </div>
      ))}
    </section>
  );
}
