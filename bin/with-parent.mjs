/** Loaded into the console's process before it: ends it when the launcher, which holds the other end of its input, is gone. */
import { isMainThread } from 'node:worker_threads';

const end = () => process.kill(process.pid, 'SIGTERM');
if (isMainThread) process.stdin.once('end', end).once('error', end).resume();
