/** `npx meshdeck check`: runs the check where the user called it, and ends with its exit code. */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureInstalled, root } from './prepare.mjs';

/** Installs what is missing, runs, and does not come back. Paths on the command line are those of the caller's folder. */
export async function runCheck(family, args) {
  await ensureInstalled(family);
  const tsx = pathToFileURL(createRequire(join(root, 'package.json')).resolve('tsx')).href;
  const { status } = spawnSync(
    process.execPath,
    ['--conditions=react-server', '--import', tsx, join(root, 'lib', 'server', 'check', 'run.ts'), ...args],
    {
      stdio: 'inherit',
      cwd: process.env.INIT_CWD ?? process.cwd(),
      // The aliases of imports stand in the project's own file.
      env: { ...process.env, TSX_TSCONFIG_PATH: join(root, 'tsconfig.json'), NODE_NO_WARNINGS: '1' },
    },
  );
  process.exit(status ?? 2);
}
