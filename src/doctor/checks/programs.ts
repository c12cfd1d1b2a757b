/** What nmcap consists of, and what it works with. */
import { NmcapError } from '../../errors.js';
import { VERSION } from '../../version.js';
import type { Check, Finding, Subject } from '../check.js';
import { checkExtcap } from './extcap.js';

/** One of each kind that libpcap compiles. */
const FILTER = 'tcp port 80 and not host 192.0.2.1';

export const ADDON_CHECKS: readonly Check[] = [{ id: 'addon', run: checkAddon }];
export const PROGRAM_CHECKS: readonly Check[] = [
  { id: 'libpcap', run: checkLibpcap },
  { id: 'extcap', run: checkExtcap },
];

function checkAddon({ world }: Subject): Finding {
  try {
    world.libpcapVersion();
  } catch (error) {
    if (!(error instanceof NmcapError) || error.code !== 'NM_NATIVE_MISSING') throw error;
    return { status: 'problem', text: error.message, fix: ['npm rebuild nmcap'] };
  }
  return {
    status: 'ok',
    text: `nmcap ${VERSION} on Node.js ${process.versions.node}`,
    facts: { version: VERSION, node: process.versions.node },
  };
}

function checkLibpcap({ world }: Subject): Finding {
  const version = world.libpcapVersion();
  const facts = { libpcap: version };
  try {
    world.compileFilter(FILTER);
  } catch (error) {
    if (!(error instanceof NmcapError) || error.code !== 'NM_BAD_FILTER') throw error;
    return {
      status: 'problem',
      text: `${version} does not compile '${FILTER}': ${error.message}`,
      fix: ['npm rebuild nmcap'],
      facts,
    };
  }
  return {
    status: 'ok',
    text: `${version.replace('libpcap version ', '')}; compiles filters`,
    facts,
  };
}
