import { describe, expect, it } from 'vitest';
import { entryName, specIssues, specPath } from './spec-rules';

const tls = (more: object = {}) => ({
  tls: { validation: { trust: { file: { certificateChain: '/ca.pem' } } }, ...more },
});
const entry = (more: object = {}) => ({
  virtualService: { virtualServiceRef: { name: 'pricing' }, ...more },
});
const told = (spec: unknown, namespace?: string) =>
  specIssues(spec, namespace).map(({ path, rule }) => `${specPath(path)} ${rule}`);
const ofPolicy = (clientPolicy: unknown) => told({ backends: [entry({ clientPolicy })] });
const POLICY = 'backends[0].virtualService.clientPolicy';

describe('what a node says of backends', () => {
  it('is taken where it keeps the rules, whatever else it says', () => {
    expect(
      specIssues(
        {
          backends: [
            entry({ clientPolicy: tls({ ports: [443], enforce: false, later: { known: true } }) }),
            { virtualService: { virtualServiceARN: 'mesh/m/virtualService/far' }, more: 1 },
          ],
          backendGroups: [{ name: '*' }, { name: 'team', namespace: 'pay' }],
          backendDefaults: { clientPolicy: tls() },
        },
        'shop',
      ),
    ).toEqual([]);
    expect(specIssues({ backends: null, backendGroups: [], backendDefaults: null })).toEqual([]);
  });

  it.each([
    [7, ' fields'],
    [{ listeners: [] }, 'listeners foreign'],
    [{ backends: {} }, 'backends list'],
    [{ backends: ['pricing'] }, 'backends[0] fields'],
    [{ backends: [{}] }, 'backends[0].virtualService required'],
    [{ backends: [{ virtualService: {} }] }, 'backends[0].virtualService one'],
    [
      { backends: [entry({ virtualServiceARN: 'mesh/m/virtualService/a' })] },
      'backends[0].virtualService one',
    ],
    [
      { backends: [{ virtualService: { virtualServiceRef: { name: '' } } }] },
      'backends[0].virtualService.virtualServiceRef.name required',
    ],
    [
      { backends: [{ virtualService: { virtualServiceARN: 'mesh/m/virtualNode/a' } }] },
      'backends[0].virtualService.virtualServiceARN arn',
    ],
    [{ backendGroups: [{ namespace: 'shop' }] }, 'backendGroups[0].name required'],
    [{ backendGroups: [{ name: 'a', namespace: 1 }] }, 'backendGroups[0].namespace text'],
    [{ backendDefaults: [] }, 'backendDefaults fields'],
    [
      { backendDefaults: { clientPolicy: { tls: {} } } },
      'backendDefaults.clientPolicy.tls.validation required',
    ],
  ])('%j breaks %s', (spec, issue) => {
    expect(told(spec)).toEqual([issue]);
  });

  it.each([
    [tls({ ports: [0] }), 'tls.ports[0] port'],
    [tls({ ports: [80.5] }), 'tls.ports[0] port'],
    [tls({ enforce: 'yes' }), 'tls.enforce boolean'],
    [tls({ validation: {} }), 'tls.validation.trust required'],
    [tls({ validation: { trust: {} } }), 'tls.validation.trust one'],
    [
      tls({ validation: { trust: { file: { certificateChain: 'x'.repeat(256) } } } }),
      'tls.validation.trust.file.certificateChain long',
    ],
    [
      tls({ validation: { trust: { acm: { certificateAuthorityARNs: ['a', 'b', 'c', 'd'] } } } }),
      'tls.validation.trust.acm.certificateAuthorityARNs many',
    ],
    [
      tls({
        validation: {
          trust: { sds: { secretName: 's' } },
          subjectAlternativeNames: { match: { exact: ['a', ''] } },
        },
      }),
      'tls.validation.subjectAlternativeNames.match.exact[1] required',
    ],
    [tls({ certificate: { file: { certificateChain: '/a' } } }), 'tls.certificate.file.privateKey required'],
  ])('a policy of %j breaks %s', (policy, issue) => {
    expect(ofPolicy(policy)).toEqual([`${POLICY}.${issue}`]);
  });

  it('names nothing twice, as the webhook has it', () => {
    const twice = {
      backends: [entry(), { virtualService: { virtualServiceRef: { name: 'pricing', namespace: 'shop' } } }],
    };
    expect(told(twice, 'shop')).toEqual(['backends[1] twice']);
    expect(told(twice, 'pay')).toEqual([]);
    expect(entryName(twice.backends[0], 'shop')).toBe('shop/pricing');
  });
});
