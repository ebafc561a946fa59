import { describe, expect, it } from 'vitest';
import { mesh } from '../fixtures';
import { sameMesh } from './index';

const ARN = 'arn:aws:appmesh:eu-west-1:111111111111:mesh/shop';
const of = (awsName: string, more: { arn?: string; owner?: string } = {}) => {
  const plain = mesh({ awsName, owner: more.owner });
  return { ...plain, ref: { ...plain.ref, ...(more.arn === undefined ? {} : { arn: more.arn }) } };
};

describe('two meshes are one', () => {
  it.each([
    ['with one ARN, whatever they are called', of('a', { arn: ARN }), of('b', { arn: ARN }), true],
    [
      'not with two ARNs',
      of('a', { arn: ARN }),
      of('a', { arn: ARN.replace('eu-west-1', 'us-east-1') }),
      false,
    ],
    ['by name while one has no ARN yet', of('shop'), of('shop', { arn: ARN }), true],
    ['not by another name', of('shop'), of('store', { arn: ARN }), false],
    ['by name and owner', of('shop', { owner: '111111111111' }), of('shop', { arn: ARN }), true],
    ['not of another owner', of('shop', { owner: '222222222222' }), of('shop', { arn: ARN }), false],
    ['by name where neither says more', of('shop'), of('shop'), true],
  ])('%s', (_, a, b, same) => {
    expect(sameMesh(a, b)).toBe(same);
    expect(sameMesh(b, a)).toBe(same);
  });
});
