'use client';
import { useMemo, useState } from 'react';
import type { Picture } from '@/lib/client/picture';
import { applyView } from '@/lib/mesh/view/apply-view';
import { WHOLE_MESH } from '@/lib/mesh/view/spec';
import type { Viewed } from '@/lib/mesh/view/spec';

/** What is asked to be seen of a picture. What stays as it was keeps its object. */
export function useView(picture: Picture | undefined): Viewed | undefined {
  const [last] = useState<{ viewed: Viewed | undefined }>({ viewed: undefined });
  return useMemo(
    () => Object.assign(last, { viewed: picture && applyView(picture, WHOLE_MESH, last.viewed) }).viewed,
    [picture, last],
  );
}
