import { describe, expect, it } from 'vitest';
import { NOW, node } from '../fixtures';
import { nodeKey } from '../keys';
import type { Figures } from '../telemetry/measured';
import { finding, inputOf, shop } from './fixtures';
import { asksForTime, matchesQuery, measuredFieldsOf } from './match';
import { parseQuery } from './parse';
import { loneSubject, nameOf, subjectsOf } from './subject';
import type { SubjectInput } from './subject';

function read(text: string) {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.error.message}`);
  return parsed.query;
}

/** `kind name` of what is found, in the order of the picture. */
function found(text: string, input: SubjectInput = shop()): string[] {
  const query = read(text);
  return [...subjectsOf(input).values()]
    .filter((subject) => matchesQuery(query, subject, NOW.getTime()))
    .map((subject) => `${subject.node.kind} ${nameOf(subject.node)}`);
}

describe('an expression finds', () => {
  it.each<[string, string[]]>([
    ['kind = router and share > 0 and share < 100', ['router cart']],
    ['kind = VirtualRouter', []],
    ['weight = 100', ['router ends']],
    ['weight in (0, 1)', ['router whole', 'router ends']],
    ['weight != 90 and kind = router', ['router whole', 'router ends']],
    ['share = 90%', ['router cart']],
    ['Cart-V1', ['node cart-v1']],
    ['node shop cart-v', ['node cart-v1', 'node cart-v2']],
    ['name ~ cart and not kind in (node, service)', ['router cart']],
    ['name ~ /^cart-v\\d$/', ['node cart-v1', 'node cart-v2']],
    ['kind = node and name !~ /[aeiou]/', []],
    ['host = CART.shop or host ~ svc', ['service cart', 'node cart-v1']],
    ['label.team = checkout', ['node cart-v1']],
    ['label.team', ['node cart-v1']],
    ['protocol = http2', ['gateway front']],
    ['port >= 8000 and port < 9000', ['gateway front']],
    ['acceptance = rejected', ['node cart-v2']],
    ['owner = flagger', ['node cart-v1']],
    ['writer ~ kubectl', ['node cart-v1']],
    ['ready < total', ['node cart-v2']],
    ['withoutProxy > 0', ['node cart-v2']],
    ['finding = md101', ['gateway front']],
    ['finding.severity >= warning', ['gateway front', 'node cart-v2']],
    ['finding.severity = info', ['node bank']],
    ['findings = 0 and kind = gateway', []],
    ['calls = shop/bank', ['node cart-v1']],
    ['calls = shop/cart-v2', ['gateway front']],
    ['calls ~ abroad', ['node user']],
    ['calledBy = cart-v1', ['service bank', 'node bank']],
    ['calledBy = front and kind = node', ['node cart-v1', 'node cart-v2']],
    ['routes to shop/cart-v2', ['gateway front', 'service cart', 'router cart', 'router ends']],
    ['external', ['unresolved abroad']],
    ['kind = unresolved and not external', ['unresolved typo']],
    ['idle', ['node lonely']],
    ['not healthy and kind in (node, gateway)', ['gateway front', 'node cart-v2', 'node bank']],
    ['changed < 5m', ['node cart-v1']],
    ['age > 1d and name = bank and kind = node', ['node bank']],
    ['age <= 1h', ['node cart-v1']],
  ])('%s', (text, names) => {
    expect(found(text).sort()).toEqual([...names].sort());
  });

  it('everything when it is empty', () => {
    expect(found('')).toHaveLength(shop().nodes.size);
  });

  it('the opposite with not, whatever it is', () => {
    const all = shop().nodes.size;
    for (const text of ['idle', 'weight < 5', 'name ~ a', 'calls = x', 'changed < 5m', 'a or b'])
      expect(found(text).length + found(`not (${text})`).length, text).toBe(all);
  });

  it('a change that somebody saw rather than what the object says of itself', () => {
    const changedAt = new Map([[nodeKey('shop', 'bank'), NOW.getTime() - 60_000]]);
    expect(found('changed < 5m', { ...shop(), changedAt })).toEqual(['node bank']);
  });

  it('a node that is gone by what is known of it', () => {
    expect(matchesQuery(read('gone-v1'), loneSubject(node('gone-v1')), 0)).toBe(true);
    expect(matchesQuery(read('not idle'), loneSubject(node('gone-v1')), 0)).toBe(false);
  });

  it('something else as time goes by only where it asks for time', () => {
    expect(asksForTime(read('a and not (b or changed < 5m)'))).toBe(true);
    expect(asksForTime(read('ready < pods'))).toBe(false);
  });
});

describe('what was measured', () => {
  const observation = (figures: Partial<Figures>) => ({
    evidence: 'cloudwatch' as const,
    witnesses: [],
    figures: { requests: 9, ...figures },
  });
  const telemetry = {
    entities: {
      [nodeKey('shop', 'cart-v1')]: {
        observations: [observation({ perSecond: 20, faultRatio: 0, p99Ms: 80 })],
        health: 'good' as const,
      },
      [nodeKey('shop', 'cart-v2')]: {
        observations: [observation({ perSecond: 2, faultRatio: 0.02, errorRatio: 0.5, p99Ms: 1200 })],
        health: 'failing' as const,
      },
    },
  };
  it.each<[string, string[]]>([
    ['faults > 1%', ['node cart-v2']],
    ['faults = 0', ['node cart-v1']],
    ['faults != 2', ['node cart-v1']],
    ['errors >= 50%', ['node cart-v2']],
    ['p99 > 300ms', ['node cart-v2']],
    ['p99 < 1s', ['node cart-v1']],
    ['p99 < 1.2s', ['node cart-v1']],
    ['p50 >= 0', []],
    ['rate > 10', ['node cart-v1']],
    ['rate < 10 or rate >= 10', ['node cart-v1', 'node cart-v2']],
    ['health = failing', ['node cart-v2']],
    ['health != failing', ['node cart-v1']],
  ])('finds %s', (text, names) => {
    expect(found(text, { ...shop(), telemetry })).toEqual(names);
    expect(found(text)).toEqual([]);
  });

  it('makes a subject new when it changes', () => {
    const input = shop();
    const before = subjectsOf(input);
    expect(subjectsOf({ ...input, telemetry }, before).get(nodeKey('shop', 'cart-v1'))?.measured).toBe(
      telemetry.entities[nodeKey('shop', 'cart-v1')],
    );
  });

  it('is asked for by these fields', () => {
    expect(measuredFieldsOf(read('a and not (p99 > 1s or faults > 1%) and ready < rate'))).toEqual([
      'faults',
      'p99',
      'rate',
    ]);
  });
});

describe('subjects', () => {
  it('are the same objects while they say the same', () => {
    const before = subjectsOf(shop());
    const again = shop();
    const nodes = new Map(before.size === 0 ? [] : [...before].map(([key, { node: each }]) => [key, each]));
    expect(
      subjectsOf(
        { ...again, nodes, findings: [...before.values()].flatMap((each) => each.findings) },
        before,
      ),
    ).toBe(before);
  });

  it('are new for what changed, and the old ones for the others', () => {
    const input = shop();
    const before = subjectsOf(input);
    const key = nodeKey('shop', 'bank');
    const labelled = node('bank', [], { labels: { a: 'b' } });
    const after = subjectsOf({ ...input, nodes: new Map(input.nodes).set(key, labelled) }, before);
    expect(
      [...after].filter(([each, subject]) => before.get(each) !== subject).map(([each]) => each),
    ).toEqual([key]);
  });

  it('hear of an edge that came between others', () => {
    const input = shop();
    const before = subjectsOf(input);
    const [gone] = [...input.edges.values()].filter((edge) => edge.source === nodeKey('shop', 'cart-v1'));
    const edges = new Map([...input.edges].filter(([key]) => key !== gone?.key));
    expect(found('calls = bank', input)).toEqual(['node cart-v1']);
    const bank = subjectsOf({ ...input, edges }, before).get(nodeKey('shop', 'bank'));
    expect(bank?.relations.calledBy(nodeKey('shop', 'bank'))).toEqual([]);
  });

  it('hear of a finding', () => {
    const input = inputOf([node('a'), node('b')]);
    const before = subjectsOf(input);
    const after = subjectsOf({ ...input, findings: [finding(nodeKey('shop', 'a'))] }, before);
    expect(after.get(nodeKey('shop', 'a'))?.findings).toHaveLength(1);
    expect(after.get(nodeKey('shop', 'b'))).toBe(before.get(nodeKey('shop', 'b')));
  });
});
