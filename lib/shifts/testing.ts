/** A small world for tests of the machine: routers that take what is written, a control plane, and somebody who measures. */
import type { Effect } from './effects';
import type { MetricAnswer, Question, Sample } from './measure';
import type { Control, Metric, ShiftSpec } from './spec';
import { isFinal } from './status';
import type { ShiftStatus } from './status';
import { transition } from './transition';
import type { NodeState, RouterFacts, ShiftWorld, TargetWeight, Told } from './world';

export const START_MS = Date.parse('2026-06-01T12:00:00Z');

export const targets = (...weights: number[]): TargetWeight[] =>
  weights.map((weight, i) => ({ node: `shop/cart-v${i + 1}`, weight }));

/** A canary of cart from v1 to v2 in three steps, without analysis. */
export const canary = (more: Partial<ShiftSpec> = {}): ShiftSpec => ({
  routes: [{ router: 'cart', route: 'all', from: 'cart-v1', to: 'cart-v2' }],
  strategy: {
    canary: {
      steps: [
        { weight: 5, holdSeconds: 60 },
        { weight: 50, holdSeconds: 60 },
        { weight: 100, holdSeconds: 60 },
      ],
    },
  },
  ...more,
});

export interface Figures {
  figure?: number;
  samples: number;
}

export class TestWorld {
  nowMs = START_MS;
  status: ShiftStatus | undefined;
  routers: Record<string, RouterFacts>;
  nodes: Record<string, NodeState> = {};
  controlPlane: ShiftWorld['controlPlane'] = 'live';
  measurable = true;
  deleting = false;
  kept = false;
  /** Accepts what is written at once. */
  accepts = true;
  /** Writes get through. */
  writable = true;
  /** Routers that take no writes although others do. */
  readonly shut = new Set<string>();
  ledSinceMs: number | undefined;
  samples: Sample[] = [];
  /** What became of notices. */
  told: Told[] = [];
  /** What each node shows of each metric; an error where it is text; nothing answers at all without it. */
  figures: (metric: string, node: string) => Figures | string = () => ({ figure: 0, samples: 1000 });
  /** Requests of a route by node; by its weights without it. */
  counts: ((router: RouterFacts) => Record<string, number> | undefined) | undefined;
  /** Everything that was written, in order. */
  readonly writes: { router: string; weights: number[][] }[] = [];
  readonly events: string[] = [];
  readonly phases: string[] = [];

  constructor(
    public spec: ShiftSpec,
    routes: Record<string, TargetWeight[]> = { all: targets(100, 0) },
  ) {
    const router: RouterFacts = {
      uid: 'uid-cart',
      generation: 1,
      acceptedGeneration: 1,
      ownership: { manager: 'none' },
      routes: Object.entries(routes).map(([name, each]) => ({ name, targets: each })),
    };
    this.routers = { cart: router };
  }

  get world(): ShiftWorld {
    return structuredClone({
      self: {
        namespace: 'shop',
        name: 'cart-1',
        uid: 'uid-1',
        generation: 1,
        deleting: this.deleting,
        kept: this.kept,
      },
      routers: this.routers,
      nodes: this.nodes,
      controlPlane: this.controlPlane,
      measurable: this.measurable,
      ledSinceMs: this.ledSinceMs,
      samples: this.samples,
      told: this.told,
    });
  }

  get cart(): RouterFacts {
    const { cart } = this.routers;
    if (cart === undefined) throw new Error('the router is gone');
    return cart;
  }

  weights(route = 'all'): number[] {
    return this.cart.routes.find(({ name }) => name === route)?.targets.map(({ weight }) => weight) ?? [];
  }

  get phase(): string {
    const { phase, pause } = this.status ?? {};
    return pause ? `${phase ?? ''} ${pause.reason}` : (phase ?? '');
  }

  /** Somebody else's write. */
  edit(...weights: number[]): void {
    const [route] = this.cart.routes;
    if (route) route.targets = route.targets.map((target, i) => ({ ...target, weight: weights[i] ?? 0 }));
    this.bump(this.cart);
  }

  control(control: Partial<Control> & Pick<Control, 'action'>): void {
    const requestId = `r${(this.status?.controls.length ?? 0) + 1}`;
    this.spec = { ...this.spec, control: { requestId, by: 'jo', ...control } };
    this.run();
  }

  /** Takes turns until nothing changes. Throws where that does not come. */
  run(): void {
    for (let turns = 0; turns < 100; turns += 1) {
      const before = JSON.stringify([this.status, this.world]);
      this.turn();
      if (JSON.stringify([this.status, this.world]) === before) return;
    }
    throw new Error(`it does not come to rest: ${this.phase}`);
  }

  turn(): Effect[] {
    const { status, effects } = transition(this.spec, this.status, this.world, this.nowMs);
    if (status.phase !== this.status?.phase) this.phases.push(status.phase);
    this.status = status;
    for (const effect of effects) this.perform(effect);
    return effects;
  }

  /** Lets time pass, turn by turn, as an engine would. */
  pass(seconds: number): void {
    const untilMs = this.nowMs + seconds * 1000;
    this.run();
    while (this.nowMs < untilMs) {
      const { wakeAtMs = Infinity } = transition(this.spec, this.status, this.world, this.nowMs);
      this.nowMs = Math.min(untilMs, Math.max(this.nowMs + 1, wakeAtMs));
      this.run();
    }
  }

  /** Until it has ended, an hour at most. */
  toEnd(): void {
    for (let i = 0; i < 60 && !(this.status && isFinal(this.status)); i += 1) this.pass(60);
  }

  private bump(router: RouterFacts): void {
    router.generation += 1;
    if (this.accepts) router.acceptedGeneration = router.generation;
  }

  private perform(effect: Effect): void {
    switch (effect.kind) {
      case 'keep':
        this.kept = true;
        return;
      case 'letGo':
        this.kept = false;
        return;
      case 'unlock':
        delete this.routers[effect.router]?.lock;
        return;
      case 'event':
        this.events.push(effect.reason);
        return;
      case 'measure':
        this.samples.push(this.measure(effect.question));
        return;
      case 'write':
        this.write(effect);
    }
  }

  private write({ router: name, routes }: Extract<Effect, { kind: 'write' }>): void {
    const router = this.routers[name];
    if (!this.writable || this.shut.has(name) || router === undefined) return;
    router.lock = 'shop/cart-1/uid-1';
    if (routes.length === 0) return;
    for (const { route, after } of routes) {
      const found = router.routes.find((each) => each.name === route);
      if (found) found.targets = after;
    }
    this.writes.push({ router: name, weights: routes.map(({ after }) => after.map(({ weight }) => weight)) });
    this.bump(router);
  }

  private measure({ id, metrics, routes }: Question): Sample {
    const nodes = [...new Set(routes.flatMap(({ from, to }) => [from, to]))];
    const answers = metrics.flatMap(({ name }) =>
      nodes.map((node): MetricAnswer => {
        const told = this.figures(name, node);
        if (typeof told === 'string') return { ok: false, metric: name, node, message: told };
        return { ok: true, metric: name, node, evidence: 'xray', ...told };
      }),
    );
    const shares = routes.map(({ router, route }) => ({
      router,
      route,
      evidence: 'xray',
      counts:
        this.counts?.(this.cart) ??
        Object.fromEntries(
          (this.routers[router]?.routes.find((each) => each.name === route)?.targets ?? []).map(
            ({ node, weight }) => [node, weight * 10],
          ),
        ),
    }));
    return { id, metrics: answers, shares };
  }
}

const faults: Metric = { name: 'faults', figure: 'faultRatio', max: 0.01 };
/** A canary that is judged by one metric. */
export const analysed = (metric: Partial<Metric> = {}, more: Partial<ShiftSpec> = {}) =>
  canary({
    analysis: { intervalSeconds: 10, warmUpSeconds: 0, lagSeconds: 0, metrics: [{ ...faults, ...metric }] },
    ...more,
  });

/** A shift that holds at its first step. */
export function holding(spec = canary(), routes?: ConstructorParameters<typeof TestWorld>[1]): TestWorld {
  const world = new TestWorld(spec, routes);
  world.pass(20);
  if (world.phase !== 'Holding') throw new Error(`the shift is ${world.phase}`);
  return world;
}
