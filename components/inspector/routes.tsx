'use client';
import { useQuery } from '@tanstack/react-query';
import { RoutePanel } from '@/components/traffic/route-panel';
import { writability } from '@/components/traffic/writability';
import { accessOptions, sourcesOptions } from '@/lib/client/queries';
import type { MeshStream } from '@/lib/client/use-mesh-stream';
import { useSpeech } from '@/lib/i18n/react';
import type { EntityKey } from '@/lib/mesh/keys';
import type { Router } from '@/lib/mesh/model';

export interface RoutesProps {
  router: Router;
  /** The opened route; a router's only route is always open. */
  route: string | undefined;
  source: string;
  stream: MeshStream;
  onSelect: (key: EntityKey | undefined, route?: string) => void;
}

/** The routes of a router; one at a time is opened and can be changed. */
export function Routes({ router, route, source, stream, onSelect }: RoutesProps) {
  const { t } = useSpeech();
  const access = useQuery(accessOptions(source, router.ref.namespace));
  const sources = useQuery(sourcesOptions());
  const readOnly = sources.data?.sources.find((each) => each.id === source)?.readOnly ?? false;
  const { connection, picture } = stream;
  const gone = picture !== undefined && !picture.nodes.has(router.key);
  const standing = {
    connection,
    paused: stream.paused !== undefined,
    controlPlane: picture?.mesh.controlPlane,
  };
  const writable = writability(standing, router, gone, readOnly, access.data);
  const only = router.routes.length === 1;
  return (
    <section>
      <h3>{t('inspector.routes')}</h3>
      {router.routes.map((each) => {
        const open = only || each.name === route;
        return (
          <RoutePanel
            key={each.name}
            source={source}
            stream={stream}
            router={router}
            route={each}
            writable={writable}
            open={open}
            onToggle={() => onSelect(router.key, open && !only ? undefined : each.name)}
            onSelect={onSelect}
          />
        );
      })}
    </section>
  );
}
