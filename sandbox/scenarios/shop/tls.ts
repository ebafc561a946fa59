import type { Fields } from '../mesh-objects';
import type { Labels } from '../workload-objects';

/** The port on which the payment service speaks TLS, and nothing else does. */
export const PAY_TLS_PORT = 8443;

/** For callers: on the TLS port, insist on a certificate of the payment authority. */
export const payTls: Fields = {
  tls: {
    enforce: true,
    ports: [PAY_TLS_PORT],
    validation: { trust: { file: { certificateChain: '/pay-ca/ca.pem' } } },
  },
};

/** For the service: nobody gets in without TLS. */
export const strictTls: Fields = {
  tls: {
    mode: 'STRICT',
    certificate: { file: { certificateChain: '/pay-tls/cert.pem', privateKey: '/pay-tls/key.pem' } },
  },
};

/** Puts the named secrets into the proxy, so that it finds the files above. */
export const secretMounts = (...secrets: string[]): Labels => ({
  'appmesh.k8s.aws/secretMounts': secrets.map((secret) => `${secret}:/${secret}`).join(','),
});
