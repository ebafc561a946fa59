/** The program behind `npx meshdeck check`. */
import 'server-only';
import { check } from './main';

const { code, out, err } = await check(process.argv.slice(2), new Date(), AbortSignal.timeout(60_000));
process.stdout.write(out);
process.stderr.write(err);
process.exitCode = code;
