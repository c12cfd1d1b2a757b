import { ipv4, ipv6, udp } from '../packet.js';

/** The datagrams that tunnels carry. */
export const INNER = ipv4({ protocol: 17, source: '172.16.0.1' }, udp({}, 'data'));
export const INNER6 = ipv6({ nextHeader: 17 }, udp({ version: 6 }, 'data'));
