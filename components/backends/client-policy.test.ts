import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formOf, policyWith } from './client-policy';

const path = fc.constantFrom('/ca.pem', '/keys/a.pem');
const policies = fc.record(
  {
    tls: fc.record(
      {
        validation: fc.record(
          {
            trust: fc.oneof(
              fc
                .array(fc.constantFrom('arn:a', 'arn:b'), { minLength: 1, maxLength: 2 })
                .map((arns) => ({ acm: { certificateAuthorityARNs: arns } })),
              path.map((certificateChain) => ({ file: { certificateChain } })),
              fc.constant({ sds: { secretName: 'spiffe' } }),
            ),
            subjectAlternativeNames: fc.constant({ match: { exact: ['cart.shop', 'cart'] } }),
          },
          { requiredKeys: ['trust'] },
        ),
        enforce: fc.boolean(),
        ports: fc.array(fc.integer({ min: 1, max: 65535 }), { minLength: 1, maxLength: 3 }),
        certificate: fc.oneof(
          fc
            .tuple(path, path)
            .map(([certificateChain, privateKey]) => ({ file: { certificateChain, privateKey } })),
          fc.constant({ sds: { secretName: 'own' } }),
        ),
        mode: fc.constant('a field of another version'),
      },
      { requiredKeys: ['validation'] },
    ),
    more: fc.constant({ unknown: [1] }),
  },
  { requiredKeys: ['tls'] },
);

describe('a client policy', () => {
  it('is the same after it was a form, unknown fields included', () => {
    fc.assert(
      fc.property(policies, (policy) => {
        expect(policyWith(policy, formOf(policy))).toEqual(policy);
      }),
    );
  });

  it('says what the form says', () => {
    fc.assert(
      fc.property(policies, policies, (policy, other) => {
        const form = formOf(other);
        expect(formOf(policyWith(policy, form))).toEqual(form);
      }),
    );
  });

  it('keeps what the form does not know in all its depths, where only something else is changed', () => {
    const policy = {
      tls: {
        validation: {
          trust: { file: { certificateChain: '/ca.pem', later: 1 }, mode: 'x' },
          subjectAlternativeNames: { match: { exact: ['a'], suffix: ['b'] } },
        },
        certificate: { file: { certificateChain: '/own.pem', privateKey: '/own.key', later: 2 } },
      },
    };
    expect(policyWith(policy, { ...formOf(policy), ports: '443, none' })).toEqual({
      tls: { ...policy.tls, ports: [443, 'none'] },
    });
    expect(policyWith(policy, { ...formOf(policy), trusted: '/new.pem', privateKey: '/new.key' })).toEqual({
      tls: {
        validation: {
          ...policy.tls.validation,
          trust: { file: { certificateChain: '/new.pem', later: 1 } },
        },
        certificate: { file: { certificateChain: '/own.pem', privateKey: '/new.key', later: 2 } },
      },
    });
  });

  it('is none without TLS, unless there is more to it', () => {
    const off = { ...formOf({ tls: {} }), tls: false };
    expect(policyWith({ tls: { enforce: true } }, off)).toBeUndefined();
    expect(policyWith({ tls: {}, more: 1 }, off)).toEqual({ more: 1 });
    expect(formOf(undefined).tls).toBe(false);
  });

  it('begins with trust in a file', () => {
    expect(policyWith(undefined, { ...formOf(undefined), tls: true, trusted: '/ca.pem' })).toEqual({
      tls: { validation: { trust: { file: { certificateChain: '/ca.pem' } } } },
    });
  });
});
