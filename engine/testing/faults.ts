/**
 * The fault suite: shifts over a sandbox whose engines are killed at every kind of write, frozen and doubled, whose API is cut and
 * fails, and whose routers are edited by somebody else. Whatever happens, each shift has to end where its plan or its snapshot says.
 */
import { HISTORY_ANNOTATION, readHistory } from '@/lib/providers/app-mesh/history';
import {
  LOCK_ANNOTATION,
  readShift,
  SHIFT_API_VERSION,
  SHIFT_KIND,
  type TrafficShift,
} from '@/lib/providers/app-mesh/shifts';
import type { RawObject } from '@/lib/providers/app-mesh';
import { startSandbox, type RunningSandbox } from '@/lib/server/testing/sandbox';
import { isFinal, type ControlAction, type TargetWeight } from '@/lib/shifts';
import { startCrew } from './crew';
import { seeded, type Random } from './random';
import { tell, type Place, type Story } from './story';

export interface Outcome {
  runs: number;
  /** Ended in weights that are neither the plan's nor those of before. */
  wrongEndWeights: number;
  /** A step that was written twice, though nobody asked for it to be put back. */
  doubleSteps: number;
  /** Told or bound to go back, and did not. */
  lostRollbacks: number;
  /** Never ended. */
  unfinished: number;
  /** How engines died, by what they were about to write or had written. */
  deaths: Record<string, number>;
  phases: Record<string, number>;
  /** What went wrong, in words. */
  flaws: string[];
}

const LOOK_MS = 120;
/** Something befalls the cluster each time it was looked at so often. */
const CHAOS_LOOKS = 7;
const MERGE = 'application/merge-patch+json';
const JSON_PATCH = 'application/json-patch+json';
const SHIFTS = '/apis/meshdeck.dev/v1alpha1';
const ROUTERS = '/apis/appmesh.k8s.aws/v1beta2';

interface RouterObject extends RawObject {
  spec: { routes?: { name: string; [body: string]: unknown }[] };
}
interface Target {
  virtualNodeRef?: { name: string; namespace?: string };
  weight: number;
}

function bodyOf(router: RouterObject): { field: string; name: string; targets: Target[] } | undefined {
  const [route] = router.spec.routes ?? [];
  for (const [field, body] of Object.entries(route ?? {})) {
    const { action } = (typeof body === 'object' && body !== null ? body : {}) as {
      action?: { weightedTargets: Target[] };
    };
    if (action) return { field, name: route?.name ?? '', targets: action.weightedTargets };
  }
  return undefined;
}

const weightsOf = (router: RouterObject, namespace: string): TargetWeight[] =>
  (bodyOf(router)?.targets ?? []).map(({ virtualNodeRef, weight }) => ({
    node: `${virtualNodeRef?.namespace ?? namespace}/${virtualNodeRef?.name ?? ''}`,
    weight,
  }));

/** One story as it goes. */
interface Run {
  story: Story;
  troubled: boolean;
  /** The last that was seen of it. */
  shift: TrafficShift | undefined;
  gone: boolean;
  /** When somebody else wrote the weights last, epoch milliseconds. */
  editedAtMs: number;
  answered: number;
}

class Suite {
  readonly runs: Run[] = [];
  private requests = 0;

  constructor(
    private readonly sandbox: RunningSandbox,
    private readonly random: Random,
  ) {}

  /** Asks until the sandbox answers: its API is cut now and then. What it refuses for good is `undefined`. */
  async ask(method: string, path: string, body?: unknown, type?: string): Promise<unknown> {
    for (;;)
      try {
        return await this.sandbox.request(method, path, body, type);
      } catch (error) {
        const said = error instanceof Error ? error.message : String(error);
        if (/: 4\d\d /.test(said)) return undefined;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
  }

  async places(): Promise<Place[]> {
    const { items } = (await this.ask('GET', `${ROUTERS}/virtualrouters`)) as { items: RouterObject[] };
    return items.flatMap((router): Place[] => {
      const { name, namespace = '' } = router.metadata;
      const body = bodyOf(router);
      const targets = weightsOf(router, namespace);
      const plain =
        (router.spec.routes ?? []).length === 1 && targets.length > 1 && (targets[0]?.weight ?? 0) > 0;
      return plain && body ? [{ namespace, router: name, route: body.name, targets }] : [];
    });
  }

  async begin(story: Story): Promise<void> {
    const { name, namespace, spec } = story;
    const object = { apiVersion: SHIFT_API_VERSION, kind: SHIFT_KIND, metadata: { name, namespace }, spec };
    await this.ask('POST', `${SHIFTS}/namespaces/${namespace}/trafficshifts`, object);
    this.runs.push({ story, troubled: false, shift: undefined, gone: false, editedAtMs: 0, answered: 0 });
  }

  /** Looks at every run, and does to each what its story says. */
  async look(): Promise<void> {
    const { items } = (await this.ask('GET', `${SHIFTS}/trafficshifts`)) as { items: RawObject[] };
    const found = new Map(items.map((item) => [item.metadata.name, item]));
    for (const run of this.runs) {
      const raw = found.get(run.story.name);
      run.gone = raw === undefined;
      if (raw === undefined) continue;
      const read = readShift({ ...raw, apiVersion: SHIFT_API_VERSION, kind: SHIFT_KIND });
      if (read.ok) run.shift = read.shift;
      await this.act(run);
    }
  }

  private async act(run: Run): Promise<void> {
    const { story, shift } = run;
    const { status } = shift ?? {};
    if (status === undefined || isFinal(status)) return;
    if (status.pause?.reason === 'Drift') {
      // Once for each time it was found.
      if (status.controls.length < run.answered) return;
      run.answered = status.controls.length + 1;
      return this.control(run, story.answer);
    }
    // Nobody is left to promote what paused for want of an answer in time.
    if (status.phase === 'Paused' && status.controls.length >= run.answered) {
      run.answered = status.controls.length + 1;
      return this.control(run, 'retry');
    }
    if (run.troubled || status.step < story.atStep) return;
    run.troubled = true;
    switch (story.trouble) {
      case 'nothing':
        return;
      case 'abort':
        return this.control(run, 'abort');
      case 'edit':
        return this.edit(run);
      case 'pods':
        return this.scale(story, 0);
      case 'remove':
        await this.ask('DELETE', `${SHIFTS}/namespaces/${story.namespace}/trafficshifts/${story.name}`);
    }
  }

  private async control({ story }: Run, action: ControlAction): Promise<void> {
    this.requests += 1;
    const control = { action, requestId: `c${this.requests}`, by: 'suite' };
    const path = `${SHIFTS}/namespaces/${story.namespace}/trafficshifts/${story.name}`;
    await this.ask('PATCH', path, { spec: { control } }, MERGE);
  }

  /** Somebody else's change, made only while the shift holds the router: afterwards it would be nobody's business. */
  private async edit(run: Run): Promise<void> {
    const { namespace, router, edited } = run.story;
    const path = `${ROUTERS}/namespaces/${namespace}/virtualrouters/${router}`;
    const found = (await this.ask('GET', path)) as RouterObject;
    const body = bodyOf(found);
    const lock = found.metadata.annotations?.[LOCK_ANNOTATION];
    if (body === undefined || lock === undefined) return;
    const at = `/spec/routes/0/${body.field}/action/weightedTargets`;
    const patch = [
      { op: 'test', path: `/metadata/annotations/${LOCK_ANNOTATION.replace('/', '~1')}`, value: lock },
      ...edited.map((value, i) => ({ op: 'replace', path: `${at}/${i}/weight`, value })),
    ];
    if ((await this.ask('PATCH', path, patch, JSON_PATCH)) !== undefined) run.editedAtMs = Date.now();
  }

  private async scale({ namespace, spec }: Story, replicas: number): Promise<void> {
    const [, name = ''] = (spec.routes[0]?.to ?? '').split('/');
    await this.ask(
      'PATCH',
      `/apis/apps/v1/namespaces/${namespace}/deployments/${name}`,
      { spec: { replicas } },
      MERGE,
    );
  }

  /** Something that befalls the cluster as a whole. */
  async chaos(freeze: () => void): Promise<void> {
    switch (this.random.between(0, 7)) {
      case 0:
      case 1:
        return freeze();
      case 2:
        await this.sandbox.request('POST', `/_sandbox/restart?downMs=${this.random.between(50, 800)}`);
        return;
      case 3:
        await this.sandbox.request('POST', '/_sandbox/watch-cut');
        return;
      case 4:
        await this.sandbox.request('POST', '/_sandbox/expire');
        return;
      case 5:
        await this.sandbox.request('PATCH', '/_sandbox/knobs', { errorRatio: 0.08 });
        return;
      default:
        await this.sandbox.request('PATCH', '/_sandbox/knobs', { errorRatio: 0 });
    }
  }

  get over(): boolean {
    return this.runs.every(
      ({ shift, gone }) => gone || (shift?.status !== undefined && isFinal(shift.status) && !shift.kept),
    );
  }

  async judge(outcome: Outcome): Promise<void> {
    for (const run of this.runs) await this.judgeOne(run, outcome);
  }

  private async judgeOne(run: Run, outcome: Outcome): Promise<void> {
    const { story, shift, gone } = run;
    const { status } = shift ?? {};
    outcome.runs += 1;
    const flaw = (
      count: 'wrongEndWeights' | 'doubleSteps' | 'lostRollbacks' | 'unfinished',
      said: string,
    ) => {
      outcome[count] += 1;
      outcome.flaws.push(
        `${story.name} (${story.trouble}, ${status?.phase ?? 'gone'} ${status?.reason ?? ''}): ${said}`,
      );
    };
    const router = (await this.ask(
      'GET',
      `${ROUTERS}/namespaces/${story.namespace}/virtualrouters/${story.router}`,
    )) as RouterObject;
    const phase = gone ? 'gone' : (status?.phase ?? '');
    outcome.phases[phase] = (outcome.phases[phase] ?? 0) + 1;
    if (!gone && (status === undefined || !isFinal(status))) return flaw('unfinished', 'did not end');

    const text = (targets: readonly TargetWeight[]) => targets.map(({ weight }) => weight).join('/');
    const now = text(weightsOf(router, story.namespace));
    const before = text(story.before);
    // After an adoption the plan is reckoned from what was adopted.
    const planned =
      status?.changes.findLast(({ direction }) => direction === 'forward') &&
      status.intent?.direction === 'forward'
        ? text(status.intent.routes[0]?.targets ?? [])
        : text(story.planned);
    const allowed = gone ? [before, text(story.planned)] : phase === 'Succeeded' ? [planned] : [before];
    const isTheirs =
      run.editedAtMs > Date.parse(status?.finishedAt ?? '') ||
      (now === text(story.before.map((target, i) => ({ ...target, weight: story.edited[i] ?? 0 }))) &&
        run.editedAtMs > Date.parse(status?.intent?.acceptedAt ?? ''));
    if (!allowed.includes(now) && !isTheirs)
      flaw('wrongEndWeights', `ended at ${now}, not at ${allowed.join(' or ')}`);
    if (router.metadata.annotations?.[LOCK_ANNOTATION] !== undefined)
      flaw('wrongEndWeights', 'still holds the router');

    const mine = readHistory(router.metadata.annotations?.[HISTORY_ANNOTATION]).filter(
      ({ id }) => shift !== undefined && id.startsWith(shift.uid),
    );
    const intents = mine.map(({ id }) => id.slice((shift?.uid.length ?? 0) + 1));
    const forward = mine.flatMap(({ reason, id }) =>
      reason?.startsWith('step') === true ? [id.split('.')[1] ?? ''] : [],
    );
    const repeated = (list: readonly string[]) => list.some((each, i) => list.indexOf(each) !== i);
    const asked = run.editedAtMs > 0 || (status?.controls ?? []).some(({ action }) => action === 'retry');
    if (repeated(intents)) flaw('doubleSteps', `wrote an intent twice: ${intents.join(' ')}`);
    else if (!asked && repeated(forward)) flaw('doubleSteps', `wrote a step twice: ${intents.join(' ')}`);

    const told = (status?.controls ?? []).some(
      ({ action, outcome: done }) => action === 'abort' && done === 'done',
    );
    if (!gone && (told || status?.rollback !== undefined) && phase !== 'RolledBack')
      flaw('lostRollbacks', 'was to go back');
  }
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * One batch of shifts at once. What has not ended when it was looked at so often counts as unfinished; looks and not time, because
 * a machine that stands still must not look like a shift that does.
 */
export async function runFaults(
  seed: number,
  shifts: number,
  looks: number,
  outcome: Outcome,
): Promise<void> {
  const random = seeded(seed);
  const sandbox = await startSandbox(`scale=${Math.max(40, shifts * 5)}`);
  const suite = new Suite(sandbox, random);
  const places = (await suite.places()).slice(0, shifts);
  const crew = startCrew(sandbox.kubeconfig, random);
  try {
    for (const [i, place] of places.entries()) await suite.begin(tell(place, i, random));
    for (let look = 1; look <= looks && !suite.over; look += 1) {
      await suite.look();
      // In the last third everything works, so that what is not lost can end.
      if (look > (looks * 2) / 3) {
        crew.spare();
        await sandbox.request('PATCH', '/_sandbox/knobs', { errorRatio: 0 });
      } else if (look % CHAOS_LOOKS === 0) await suite.chaos(crew.freeze);
      await wait(LOOK_MS);
    }
    await suite.look();
    await sandbox.request('PATCH', '/_sandbox/knobs', { errorRatio: 0 });
    await suite.judge(outcome);
    for (const [word, count] of crew.deaths) outcome.deaths[word] = (outcome.deaths[word] ?? 0) + count;
  } finally {
    await crew.stop();
    await sandbox.stop();
  }
}

export const noOutcome = (): Outcome => ({
  ...{ runs: 0, wrongEndWeights: 0, doubleSteps: 0, lostRollbacks: 0, unfinished: 0 },
  ...{ deaths: {}, phases: {}, flaws: [] },
});
