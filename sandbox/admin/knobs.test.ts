import { describe, expect, it } from 'vitest';
import { parseKnobs, parseMilliseconds } from './knobs';

describe('knobs', () => {
  it('are taken as they are given', () => {
    const given = {
      latencyMs: 800,
      errorRatio: 0.2,
      throttled: true,
      appMeshApi: 'forbidden',
      appMeshOperations: ['UpdateRoute'],
      appMeshQuotas: { virtualGateway: 5 },
      trafficRate: 0.5,
      xrayMode: 'partial',
      xrayOperations: ['BatchGetTraces'],
      xrayLostPropagation: ['web-v1_shop'],
      cloudWatchNames: 'adot',
      telemetryClockSkewSeconds: -90,
    };
    expect(parseKnobs(JSON.stringify(given))).toEqual(given);
  });

  it.each([
    ['{"latencyMs": -1}', 'latencyMs must be a whole number of milliseconds from 0 to 60000, not -1.'],
    ['{"latencyMs": "5"}', 'latencyMs must be a whole number of milliseconds from 0 to 60000, not "5".'],
    ['{"errorRatio": 20}', 'errorRatio must be a number from 0 to 1, not 20.'],
    ['{"apiDown": 1}', 'apiDown must be true or false, not 1.'],
    [
      '{"speed": 1}',
      'There is no knob "speed". The knobs are latencyMs, errorRatio, refusedWrites, throttled',
    ],
    ['{"appMeshApi": "off"}', 'appMeshApi must be up, down, gone, forbidden, throttled, slow, not "off".'],
    [
      '{"appMeshOperations": ["DeleteAll"]}',
      'appMeshOperations must be a list of operations of the App Mesh API',
    ],
    ['{"appMeshOperations": "UpdateRoute"}', 'appMeshOperations must be a list of operations'],
    [
      '{"appMeshQuotas": {"pods": 3}}',
      'appMeshQuotas must be an object of whole numbers by mesh, virtualNode',
    ],
    ['{"appMeshQuotas": {"mesh": -1}}', 'appMeshQuotas must be an object of whole numbers'],
    ['{"trafficSeed": 1.5}', 'trafficSeed must be a whole number from 0 to 4294967295, not 1.5.'],
    ['{"trafficRate": 6}', 'trafficRate must be a number from 0 to 5, not 6.'],
    ['{"cloudWatchMode": "gone"}', 'cloudWatchMode must be up, down, forbidden, expired, throttled, slow'],
    ['{"xrayOperations": ["ListMetrics"]}', 'xrayOperations must be a list of operations of the X-Ray API'],
    ['{"xrayLostPropagation": "web"}', 'xrayLostPropagation must be a list of names'],
    ['{"constructor": 1}', 'There is no knob "constructor".'],
    ['[]', 'Send an object of knobs'],
    ['latencyMs=5', 'The body is not JSON.'],
  ])('refuse %s', (body, why) => {
    expect(() => parseKnobs(body)).toThrow(expect.objectContaining({ code: 400 }));
    expect(() => parseKnobs(body)).toThrow(why);
  });
});

describe('a time in a query', () => {
  const read = (query: string) => parseMilliseconds(new URLSearchParams(query), 'downMs', 2_000);
  it('has a default', () => expect([read(''), read('downMs=0')]).toEqual([2_000, 0]));
  it.each(['downMs=', 'downMs=soon', 'downMs=-5', 'downMs=1e9'])('refuses %s', (query) => {
    expect(() => read(query)).toThrow(/^downMs must be a whole number of milliseconds/);
  });
});
