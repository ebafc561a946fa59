/** Reasons in words. Pure. */
import type { Translate } from '@/lib/i18n/translate';
import type { ConditionReason } from '@/lib/mesh/routing/conditions';
import type { Reason } from '@/lib/mesh/routing/decide';

/** What a condition looks at; conditions of one kind are told in the same words. */
const PLACES: Record<ConditionReason['condition']['on'], 'path' | 'call' | 'named' | 'one'> = {
  prefix: 'path',
  path: 'path',
  service: 'call',
  header: 'named',
  metadata: 'named',
  query: 'named',
  method: 'one',
  scheme: 'one',
  hostname: 'one',
  port: 'one',
};

/** Why a condition is not met; `undefined` where it is. */
export function reasonText(reason: Reason, t: Translate): string | undefined {
  if (reason.met) return undefined;
  switch (reason.key) {
    case 'protocol':
      return t('tester.reason.protocol', { asked: reason.asked, given: reason.given });
    case 'body':
      return t('tester.reason.body');
    case 'unreadable':
      return t('tester.reason.unreadable');
    case 'absent':
      return absentText(reason, t);
    case 'excluded':
      return t(
        reason.condition.operator === 'present' ? 'tester.reason.unwanted' : 'tester.reason.excluded',
        givenOf(reason),
      );
    case 'notNumber':
      return t('tester.reason.notNumber', givenOf(reason));
    case 'differs':
      return t(`tester.reason.differs.${PLACES[reason.condition.on]}`, givenOf(reason));
    case 'fits':
      return undefined;
  }
}

/** An empty text is shown as the quotes around it. */
const givenOf = ({ given = '' }: ConditionReason) => ({ given: given === '' ? '""' : given });

function absentText({ condition: { on, negated } }: ConditionReason, t: Translate): string {
  if (negated === true) return t('tester.reason.absent.negated');
  switch (on) {
    case 'hostname':
      return t('tester.reason.absent.host');
    case 'query':
      return t('tester.reason.absent.query');
    case 'metadata':
      return t('tester.reason.absent.metadata');
    default:
      return t('tester.reason.absent.header');
  }
}
