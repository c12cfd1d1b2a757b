// Builds the native addon unless it is up to date. This is the package's install script: npm's default
// for packages with a binding.gyp would first remove what has been built, and npm runs the script not
// only when the package is installed, but also at the first `npx nmcap` in a clone.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { run, upToDate } from './steps.mjs';

// import.meta.dirname came with Node 20.11.
process.chdir(fileURLToPath(new URL('..', import.meta.url)));

/** False in a clone that is not set up. nmcap itself reports that; if this failed, npx would not. */
function hasDependencies() {
  try {
    return createRequire(import.meta.url).resolve('node-addon-api') !== '';
  } catch {
    return false;
  }
}

if (!hasDependencies()) process.exit(0);
const inputs = ['native', 'test/addon', 'binding.gyp', 'node_modules/.nmcap-setup'];
upToDate('build/.nmcap-setup', inputs, () => {
  console.error('setup: native addon');
  // If the running node has its headers next to it, they are used; otherwise node-gyp downloads some.
  const prefix = path.resolve(process.execPath, '../..');
  const headers = existsSync(path.join(prefix, 'include/node/node_api.h'))
    ? [`--nodedir=${prefix}`]
    : [];
  const command = existsSync('build/Makefile') ? ['configure', 'build'] : ['rebuild'];
  // In a clone, its own; an install script finds npm's on the PATH.
  const own = 'node_modules/.bin/node-gyp';
  run(existsSync(own) ? own : 'node-gyp', [...command, '--silent', ...headers]);
});
