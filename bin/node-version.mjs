/** Refuses a Node that is too old, in one sentence. Imported first, so that it speaks before anything newer is needed. */
import { readFileSync } from 'node:fs';

const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const needed = engines.node.replace(/^\D+/, '');
const [needs, has] = [needed, process.versions.node].map((version) => version.split('.').map(Number));
if (has[0] < needs[0] || (has[0] === needs[0] && has[1] < needs[1])) {
  process.stderr.write(
    `meshdeck: this is Node ${process.versions.node}; Node ${needed} or newer is needed.\n`,
  );
  process.exit(2);
}
