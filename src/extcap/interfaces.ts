import { NmcapError } from '../errors.js';
import { kernelPorts, kindOf, simulatedPorts, type WatchablePort } from '../run/watchable-ports.js';
import { VERSION } from '../version.js';
import { CONTROL_SENTENCES } from './control-message.js';
import { interfaceName } from './interface-name.js';
import { sentence } from './sentence.js';

const HELP = 'https://github.com/nmcap/nmcap/blob/main/docs/wireshark.md';

/** The answer to --extcap-interfaces: the system's ports or, where none can be watched, simulated ones. */
export async function interfaceSentences(): Promise<string> {
  const { ports, reason } = await portsForWireshark();
  return [
    sentence('extcap', { version: VERSION, help: HELP, display: 'netmap' }),
    ...ports.map((port) =>
      sentence('interface', { value: interfaceName(port.name), display: display(port, reason) }),
    ),
    ...CONTROL_SENTENCES,
  ].join('');
}

/** `reason`: why the system's ports are not among them, where the user can change that. */
async function portsForWireshark(): Promise<{ ports: WatchablePort[]; reason?: string }> {
  try {
    const ports = await kernelPorts();
    if (ports.length > 0) return { ports };
  } catch (error) {
    if (!(error instanceof NmcapError)) throw error;
    const ports = await simulatedPorts();
    return error.code === 'NM_NO_DEVICE' ? { ports } : { ports, reason: error.message };
  }
  return { ports: await simulatedPorts() };
}

function display(port: WatchablePort, reason: string | undefined): string {
  const state = port.inNetmapMode === false ? ', not in netmap mode' : '';
  const why = reason === undefined ? '' : `; ${reason}`;
  return `${kindOf(port).replace(/^(simulated )?/, '$1netmap ')}${state}${why}`;
}
