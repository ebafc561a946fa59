import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createProject, type Project } from './testing/project';

const INSTALLED = 'node_modules/.meshdeck-installed';
const BUILT = '.next/.meshdeck-built';

let project: Project;
beforeEach(() => {
  project = createProject();
});
afterEach(() => project.remove());

describe('the launcher', () => {
  it('installs, builds, starts, says where, and ends everything on a signal', async () => {
    const first = project.launch();
    await first.printed(/meshdeck is ready: http:\/\/127\.0\.0\.1:\d+/);
    first.kill('SIGTERM');
    const { code, stderr } = await first.gone;
    expect(code).toBe(0);
    expect(stderr.split('\n').filter((line) => line.endsWith(' runs'))).toEqual([
      'npm runs',
      'next build runs',
      'sandbox runs',
      'next start runs',
    ]);
  });

  it('starts an engine that ended again, and the console goes on', async () => {
    const launched = project.launch();
    const [, url = ''] = await launched.printed(/meshdeck is ready: (\S+)/);
    const starts = () => {
      const file = project.path('engine-starts');
      return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
    };
    await expect.poll(starts, { timeout: 10_000 }).toHaveLength(1);
    process.kill(Number(starts()[0]), 'SIGKILL');
    await launched.printed('the engine ended (.*) traffic shifts stand still until it is back');
    expect((await fetch(url)).status).toBe(200);
    await expect.poll(starts, { timeout: 10_000 }).toHaveLength(2);
    launched.kill('SIGTERM');
    expect((await launched.gone).code).toBe(0);
  }, 40_000);

  it.each(['--no-engine', '--read-only'])('starts no engine with %s', async (flag) => {
    const launched = project.launch([flag]);
    await launched.printed('is ready');
    launched.kill('SIGTERM');
    await launched.gone;
    expect(project.has('engine-starts')).toBe(false);
  });

  it('says how kubectl and the AWS CLI reach the sandbox', async () => {
    const launched = project.launch();
    await launched.printed(/^kubectl --kubeconfig \S+ get virtualrouters -A$/m);
    await launched.printed(
      /^AWS_ENDPOINT_URL_APP_MESH=http:\/\/127\.0\.0\.1:\d+ AWS_DEFAULT_REGION=us-west-2 AWS_ACCESS_KEY_ID=sandbox AWS_SECRET_ACCESS_KEY=sandbox aws appmesh list-meshes$/m,
    );
    launched.kill('SIGTERM');
    await launched.gone;
  });

  it('installs and builds once', async () => {
    const first = project.launch();
    await first.printed('is ready');
    first.kill('SIGTERM');
    await first.gone;
    const second = project.launch();
    await second.printed('is ready');
    second.kill('SIGINT');
    const { code, stderr } = await second.gone;
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'sandbox runs\nnext start runs\n' });
  });

  it.each([
    ['install', 'npm runs', INSTALLED],
    ['build', 'next build runs', BUILT],
    ['sandbox', 'sandbox runs', undefined],
  ])('ends on a signal during: %s', async (moment, sign, stamp) => {
    const launched = project.launch([], { HANG: moment });
    await launched.printed(sign);
    launched.kill('SIGTERM');
    expect(await launched.gone).toMatchObject({ code: 0, stdout: '' });
    if (stamp !== undefined) expect(project.has(stamp)).toBe(false);
  });

  it('begins from nothing after an interrupted install', async () => {
    const launched = project.launch([], { HANG: 'install' });
    await launched.printed('npm runs');
    const { code, stderr } = await project.launch().gone;
    expect(code).toBe(2);
    expect(stderr).toMatch(/^meshdeck: Process \d+ is installing the dependencies already; wait for it/);
    launched.kill('SIGTERM');
    await launched.gone;
    writeFileSync(project.path('node_modules', 'half'), '');
    await project.launch([], { FAIL: 'install' }).gone;
    expect(project.has('node_modules/half')).toBe(false);
  });

  it.each([
    ['install', 'Installing the dependencies failed'],
    ['build', 'Building the console failed'],
  ])('ends with 2 and a sentence when this fails: %s', async (step, sentence) => {
    const { code, stderr } = await project.launch([], { FAIL: step }).gone;
    expect(code).toBe(2);
    expect(stderr).toContain(`meshdeck: ${sentence}`);
  });

  it('takes everything with it when it is killed outright', async () => {
    const launched = project.launch();
    await launched.printed('is ready');
    launched.kill('SIGKILL');
    expect((await launched.gone).signal).toBe('SIGKILL');
  });

  it('ends with 1 and a sentence when the console does not start', async () => {
    const { code, stderr } = await project.launch([], { FAIL: 'console' }).gone;
    expect(code).toBe(1);
    expect(stderr).toContain('meshdeck: the console ended unexpectedly (exit code 7); stopping.');
  });

  it('ends with 1 and a sentence when the console crashes later', async () => {
    const launched = project.launch();
    const [, url] = await launched.printed(/is ready: (\S+)/);
    await fetch(`${url ?? ''}/crash`).catch(() => undefined);
    const { code, stderr } = await launched.gone;
    expect(code).toBe(1);
    expect(stderr).toContain('meshdeck: the console ended unexpectedly (SIGKILL); stopping.');
  });

  it('leaves it to the sandbox to say what is wrong with its flags', async () => {
    const { code, stderr } = await project.launch(['--scenario', 'unknown']).gone;
    expect(code).toBe(2);
    expect(stderr).toMatch(/sandbox: There is no scenario "unknown".\n$/);
  });

  it('says that a cluster cannot be read, and goes on', async () => {
    const problem = { code: 'E501', detail: 'connect ECONNREFUSED' };
    const launched = project.launch([], {
      STATE: JSON.stringify({ phase: 'connecting', retryAt: '2026-01-01T00:00:00Z', problem }),
    });
    await launched.printed('is ready');
    await launched.printed(
      'The cluster blue \\(https://blue.example\\) cannot be read: connect ECONNREFUSED. The console keeps trying.',
    );
    launched.kill('SIGTERM');
    expect((await launched.gone).code).toBe(0);
  });

  it('refuses a Node that is too old in one sentence', async () => {
    const old = createProject('>=999.1');
    const { code, stderr } = await old.launch().gone;
    old.remove();
    expect(code).toBe(2);
    expect(stderr).toBe(`meshdeck: this is Node ${process.versions.node}; Node 999.1 or newer is needed.\n`);
  });
});

describe("the sandbox's kubeconfig", () => {
  it('is never put in the place of another file', async () => {
    writeFileSync(project.path('config'), 'current-context: production\n');
    const { code, stderr } = await project.launch(['--sandbox-kubeconfig', 'config']).gone;
    expect(code).toBe(2);
    expect(stderr).toBe(
      `meshdeck: ${project.path('config')} exists and is not the sandbox's; choose another with --sandbox-kubeconfig.\n`,
    );
  });

  it('takes the place of an older one, and with it its mode', async () => {
    writeFileSync(project.path('config'), 'current-context: sandbox\n', { mode: 0o644 });
    const launched = project.launch(['--sandbox-kubeconfig', 'config'], { HANG: 'sandbox' });
    await launched.printed('sandbox runs');
    expect(project.has('config')).toBe(false);
    launched.kill('SIGTERM');
    await launched.gone;
  });
});
