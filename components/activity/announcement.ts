/** Changes as sentences to be read out: few, and summed. */
import { isAsked } from '@/lib/client/changes';
import type { Change, ChangeFeed } from '@/lib/client/changes';
import type { Locale } from '@/lib/i18n/locale';
import type { Translate } from '@/lib/i18n/translate';
import { parseEntityKey } from '@/lib/mesh/keys';

/** Names that are read out; the others are counted. */
const NAMED = 3;

/** One sentence each for what came, went and changed. */
export function announcement(
  changes: readonly Pick<Change, 'key' | 'what'>[],
  { t, locale }: { t: Translate; locale: Locale },
): string[] {
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  return (['added', 'removed', 'changed'] as const).flatMap((what) => {
    const keys = [...new Set(changes.filter((each) => each.what === what).map(({ key }) => key))];
    if (keys.length === 0) return [];
    const names = keys.slice(0, NAMED).map((key) => parseEntityKey(key)?.name ?? key);
    if (keys.length > NAMED) names.push(t('activity.said.others', { count: keys.length - NAMED }));
    return [t(`activity.said.${what}`, { count: keys.length, names: list.format(names) })];
  });
}

/** Gives what is worth saying and was not given before. `heard` is the number of changes that are known already. */
export function createCollector(heard: number) {
  let known = heard;
  return {
    since(feed: Pick<ChangeFeed, 'changes' | 'heard'>): Change[] {
      const news = feed.changes.filter((change) => change.id > known && isAsked(change));
      known = feed.heard;
      return news;
    },
  };
}
