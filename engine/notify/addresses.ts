/** Which addresses something may be sent to. Asked of what a name resolved to, at the moment of the connection. */
import { BlockList, isIP } from 'node:net';

const listOf = (...networks: [address: string, bits: number][]): BlockList => {
  const list = new BlockList();
  for (const [address, bits] of networks)
    list.addSubnet(address, bits, address.includes(':') ? 'ipv6' : 'ipv4');
  return list;
};

/** Clouds answer there with credentials, and nobody receives notifications there. */
const NEVER = listOf(
  ['0.0.0.0', 8], ['169.254.0.0', 16], ['224.0.0.0', 4], ['240.0.0.0', 4],
  ['::', 128], ['fe80::', 10], ['ff00::', 8], ['fd00:ec2::', 32],
); // prettier-ignore

/** Of this machine, of private networks (RFC 1918, 4193, 6598), and what leads to them by translation. */
const PRIVATE = listOf(
  ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.168.0.0', 16],
  ['198.18.0.0', 15], ['::1', 128], ['fc00::', 7], ['64:ff9b::', 96], ['64:ff9b:1::', 48], ['2002::', 16],
); // prettier-ignore

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** Whether an IP address may be sent to. `isPrivate`: the channel says that private ones are meant. */
export function mayReach(address: string, isPrivate: boolean): boolean {
  const bare = MAPPED.exec(address)?.[1] ?? address;
  const family = isIP(bare);
  if (family === 0) return false;
  const kind = family === 4 ? 'ipv4' : 'ipv6';
  if (NEVER.check(bare, kind)) return false;
  return isPrivate || !PRIVATE.check(bare, kind);
}
