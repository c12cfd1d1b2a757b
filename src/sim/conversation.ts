import { dnsAnswer, dnsNoSuchName, dnsQuery, type DnsQuestion, RecordType } from './dns.js';
import { echoHeader, Protocol, udpHeader } from './internet.js';
import { Random } from './random.js';
import { TcpConnection } from './tcp.js';
import {
  type Host,
  type IpVersion,
  type SimulatedFrame,
  Wire,
  type WireDirection,
} from './wire.js';

export type { SimulatedFrame } from './wire.js';

/** A pass ends with the round that reaches this number. It is built at every start. */
const FRAMES_A_PASS = 1000;

/** The simulated host and its peers, with documentation addresses and locally administered MACs. */
const HOST = onLink(10);
const ROUTER = onLink(1);
const RESOLVER = onLink(53);
const NEIGHBOURS = [onLink(20), onLink(21), onLink(22)] as const;
const VLAN = 42;
/** One of the dynamic ports (RFC 6335), which no decoder claims. */
const READINGS_PORT = 51514;
const VLAN_NEIGHBOUR = onLink(142);

const DOMAINS = ['example.com', 'example.net', 'example.org'] as const;
const LABELS = ['www', 'mail', 'static', 'api', 'news', 'images'] as const;
const PATHS = ['/', '/index.html', '/status', '/news?page=2', '/images/logo.svg'] as const;
/** The source of all response bodies. */
const TEXT = ascii('This domain is for use in illustrative examples in documents. '.repeat(200));
/** IP length 9000 less the headers of IPv4 and ICMP. */
const JUMBO_ECHO_LENGTH = 8972;

/**
 * One pass of the traffic between a small host and its network, in wire order: address and name
 * resolution, pings, web pages fetched and served, sensor readings in a VLAN, jumbo frames. About a
 * thousand frames, the same for the same options. All frames of a flow, in both directions, are on one
 * ring, where receive-side scaling with a symmetric key would put them.
 */
export function conversation(options: { seed: number; rings: number }): SimulatedFrame[] {
  const random = new Random(options.seed);
  const wire = new Wire(HOST, options.rings, random);
  const life = new HostLife(wire, random);
  life.introduction();
  while (wire.frames.length < FRAMES_A_PASS) life.round();
  return wire.frames;
}

/** The activities of the host, each a short exchange of frames. */
class HostLife {
  readonly #wire: Wire;
  readonly #random: Random;

  constructor(wire: Wire, random: Random) {
    this.#wire = wire;
    this.#random = random;
  }

  /** One exchange of each kind, the most common first. */
  introduction(): void {
    const server = behindRouter(80);
    this.resolveIpv4Neighbour(ROUTER);
    this.ping(RESOLVER, 'ipv4', 56);
    this.lookUp('www.example.com', RecordType.A, [server.ipv4]);
    this.fetchPage(server, 'ipv4', 'www.example.com', 2000);
    this.lookUp('www.example.com', RecordType.Aaaa, [server.ipv6]);
    this.resolveIpv6Neighbour(ROUTER);
    this.ping(ROUTER, 'ipv6', 56);
    this.readingsInVlan('tx');
    this.ping(NEIGHBOURS[0], 'ipv4', JUMBO_ECHO_LENGTH);
    this.lookUpInVain('nowhere', 'example.org');
    this.servePage(NEIGHBOURS[1], 'ipv4', 600);
  }

  /** A random exchange, with random names, ports, identifiers and sizes. */
  round(): void {
    const random = this.#random;
    const version = random.pick<IpVersion>(['ipv4', 'ipv4', 'ipv6']);
    const neighbour = random.pick(NEIGHBOURS);
    const server = behindRouter(random.between(80, 250));
    const label = random.pick(LABELS);
    const domain = random.pick(DOMAINS);
    const name = `${label}.${domain}`;
    const chance = random.between(1, 100);
    if (chance <= 6) this.resolveIpv4Neighbour(neighbour);
    else if (chance <= 12) this.resolveIpv6Neighbour(neighbour);
    else if (chance <= 24) this.ping(neighbour, version, random.between(18, 1400));
    else if (chance <= 30) this.readingsInVlan(random.pick<WireDirection>(['tx', 'rx']));
    else if (chance <= 32) this.ping(neighbour, 'ipv4', JUMBO_ECHO_LENGTH);
    else if (chance <= 38) this.lookUpInVain(`${label}${random.between(1, 99)}`, domain);
    else if (chance <= 46) this.lookUp(name, RecordType.A, [server.ipv4, behindRouter(80).ipv4]);
    else if (chance <= 54) this.lookUp(name, RecordType.Aaaa, [server.ipv6]);
    else if (chance <= 78) this.fetchPage(server, version, name, random.between(100, 4000));
    else this.servePage(neighbour, version, random.between(100, 4000));
  }

  resolveIpv4Neighbour(peer: Host): void {
    this.#wire.arp('tx', peer, 'request');
    this.#wire.arp('rx', peer, 'reply');
  }

  /** Neighbour solicitation and advertisement (RFC 4861). */
  resolveIpv6Neighbour(peer: Host): void {
    const common = { version: 'ipv6', protocol: Protocol.Icmpv6, hopLimit: 255 } as const;
    this.#wire.packet('tx', peer, {
      ...common,
      payload: [neighbourMessage(135, 0, peer.ipv6, 1, HOST.mac)],
      multicast: solicitedNode(peer),
    });
    const solicitedAndOverride = 0x60;
    this.#wire.packet('rx', peer, {
      ...common,
      payload: [neighbourMessage(136, solicitedAndOverride, peer.ipv6, 2, peer.mac)],
    });
  }

  /** Two echo requests with `length` bytes of data, and their replies. */
  ping(peer: Host, version: IpVersion, length: number): void {
    const isV4 = version === 'ipv4';
    const protocol = isV4 ? Protocol.Icmp : Protocol.Icmpv6;
    const identifier = this.#random.between(1, 0xffff);
    const data = TEXT.subarray(0, length);
    const count = length === JUMBO_ECHO_LENGTH ? 1 : 2;
    for (let sequence = 1; sequence <= count; sequence++) {
      const request = echoHeader(isV4 ? 8 : 128, identifier, sequence);
      this.#wire.packet('tx', peer, { version, protocol, payload: [request, data] });
      const reply = echoHeader(isV4 ? 0 : 129, identifier, sequence);
      this.#wire.packet('rx', peer, { version, protocol, payload: [reply, data] });
    }
  }

  lookUp(name: string, type: number, addresses: Uint8Array[]): void {
    const question = { id: this.#random.between(0, 0xffff), name, type };
    this.#askResolver(question, dnsAnswer(question, this.#random.between(60, 86400), addresses));
  }

  lookUpInVain(label: string, zone: string): void {
    const question = {
      id: this.#random.between(0, 0xffff),
      name: `${label}.${zone}`,
      type: RecordType.A,
    };
    this.#askResolver(question, dnsNoSuchName(question, zone));
  }

  #askResolver(question: DnsQuestion, answer: Uint8Array): void {
    const ports = { tx: this.#ephemeralPort(), rx: 53 };
    this.#datagram('tx', RESOLVER, ports, dnsQuery(question));
    this.#datagram('rx', RESOLVER, ports, answer);
  }

  #datagram(
    direction: WireDirection,
    peer: Host,
    ports: { tx: number; rx: number },
    data: Uint8Array,
    vlan?: number,
  ): void {
    const receiver = direction === 'tx' ? 'rx' : 'tx';
    const header = udpHeader(ports[direction], ports[receiver], data.length);
    const payload = [header, data];
    const tag = vlan === undefined ? {} : { vlan };
    this.#wire.packet(direction, peer, {
      version: 'ipv4',
      protocol: Protocol.Udp,
      payload,
      ports,
      ...tag,
    });
  }

  /** The host as a client. */
  fetchPage(server: Host, version: IpVersion, name: string, length: number): void {
    const ports = { tx: this.#ephemeralPort(), rx: 80 };
    this.#exchangePage('tx', server, version, ports, name, length);
  }

  /** The host as a server. */
  servePage(client: Host, version: IpVersion, length: number): void {
    const ports = { tx: 80, rx: this.#ephemeralPort() };
    this.#exchangePage('rx', client, version, ports, 'host10.example.net', length);
  }

  #exchangePage(
    client: WireDirection,
    peer: Host,
    version: IpVersion,
    ports: { tx: number; rx: number },
    name: string,
    length: number,
  ): void {
    const server = client === 'tx' ? 'rx' : 'tx';
    const connection = new TcpConnection(this.#wire, this.#random, { peer, version, ports });
    connection.open(client);
    connection.send(client, httpRequest(this.#random.pick(PATHS), name));
    connection.send(server, httpResponse(length));
    connection.close(client);
  }

  /** A line of sensor readings over UDP in a VLAN. */
  readingsInVlan(direction: WireDirection): void {
    const line = `temperature ${this.#random.between(180, 260)} humidity ${this.#random.between(300, 700)}`;
    this.#datagram(
      direction,
      VLAN_NEIGHBOUR,
      { tx: READINGS_PORT, rx: READINGS_PORT },
      ascii(line),
      VLAN,
    );
  }

  /** RFC 6335: 49152 to 65535. */
  #ephemeralPort(): number {
    return this.#random.between(49152, 65535);
  }
}

/** Neighbour solicitation (135) or advertisement (136) with the MAC option `option`. */
function neighbourMessage(
  type: number,
  flags: number,
  target: Uint8Array,
  option: number,
  mac: Uint8Array,
): Uint8Array {
  const message = new Uint8Array(32);
  message[0] = type;
  message[4] = flags;
  message.set(target, 8);
  message.set([option, 1], 24);
  message.set(mac, 26);
  return message;
}

/** RFC 4291 section 2.7.1, RFC 2464 section 7. */
function solicitedNode({ ipv6 }: Host): { mac: Uint8Array; address: Uint8Array } {
  const address = new Uint8Array(16);
  address.set([0xff, 0x02]);
  address.set([1, 0xff], 11);
  address.set(ipv6.subarray(13), 13);
  const mac = new Uint8Array(6);
  mac.set([0x33, 0x33]);
  mac.set(address.subarray(12), 2);
  return { mac, address };
}

function httpRequest(path: string, name: string): Uint8Array {
  return ascii(`GET ${path} HTTP/1.1\r\nHost: ${name}\r\nAccept: */*\r\nConnection: close\r\n\r\n`);
}

function httpResponse(length: number): Uint8Array {
  const header = ascii(
    `HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: ${length}\r\n` +
      'Connection: close\r\n\r\n',
  );
  const response = new Uint8Array(header.length + length);
  response.set(header);
  response.set(TEXT.subarray(0, length), header.length);
  return response;
}

function onLink(number: number): Host {
  const mac = Uint8Array.of(2, 0, 0, 0, 0, number);
  return {
    mac,
    ipv4: Uint8Array.of(192, 0, 2, number),
    ipv6: documentationIpv6(0, number),
    hops: 0,
  };
}

function behindRouter(number: number): Host {
  const ipv4 = Uint8Array.of(198, 51, 100, number);
  return { mac: ROUTER.mac, ipv4, ipv6: documentationIpv6(1, number), hops: 7 };
}

/** 2001:db8:NET::NUMBER. */
function documentationIpv6(net: number, number: number): Uint8Array {
  const address = new Uint8Array(16);
  address.set([0x20, 0x01, 0x0d, 0xb8, 0, net]);
  address[15] = number;
  return address;
}

function ascii(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}
