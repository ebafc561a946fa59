import { describe, expect, it } from 'vitest';
import {
  defaultPolicy,
  entryNaming,
  entryText,
  entryWithPolicy,
  referenceText,
  referenceWith,
  withDefaults,
  withList,
} from './form';

describe('an entry as a form', () => {
  const entry = {
    virtualService: { virtualServiceRef: { name: 'cart', later: 1 }, clientPolicy: { tls: {} } },
    more: 2,
  };

  it.each([
    'cart',
    'pay/fraud',
    'pay/',
    'arn:aws:appmesh:eu-west-1:1:mesh/m/virtualService/far',
    'mesh/m/virtualService/x',
  ])('names what is typed: %s', (text) => {
    expect(entryText(entryNaming(undefined, text))).toBe(text);
    expect(entryText(entryNaming(entry, text))).toBe(text);
  });

  it('keeps everything else, and names one service and not two', () => {
    expect(entryNaming(entry, 'pay/fraud')).toEqual({
      virtualService: {
        virtualServiceRef: { name: 'fraud', namespace: 'pay', later: 1 },
        clientPolicy: { tls: {} },
      },
      more: 2,
    });
    expect(entryNaming(entry, 'mesh/m/virtualService/x')).toEqual({
      virtualService: { virtualServiceARN: 'mesh/m/virtualService/x', clientPolicy: { tls: {} } },
      more: 2,
    });
    expect(entryWithPolicy(entry, undefined)).toEqual({
      virtualService: { virtualServiceRef: { name: 'cart', later: 1 } },
      more: 2,
    });
  });

  it('is in the namespace of the node where it names none', () => {
    expect(referenceText({ name: '*' })).toBe('*');
    expect(referenceWith({ name: 'team', namespace: 'pay' }, '*')).toEqual({ name: '*' });
  });
});

describe('the whole as a form', () => {
  it('has no list that was not there and holds nothing', () => {
    expect(withList({ backends: [1] }, 'backends', [], {})).toEqual({});
    expect(withList({ backends: [1] }, 'backends', [], { backends: [] })).toEqual({ backends: [] });
  });

  it('has no defaults that say nothing, and keeps what else they say', () => {
    const said = withDefaults({}, { tls: {} });
    expect(defaultPolicy(said)).toEqual({ tls: {} });
    expect(withDefaults(said, undefined)).toEqual({});
    expect(withDefaults({ backendDefaults: { later: 1 } }, undefined)).toEqual({
      backendDefaults: { later: 1 },
    });
  });
});
