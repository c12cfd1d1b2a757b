// Builds the native addon where that is still to do. It is the package's install script: npm's own, for
// packages with a binding.gyp, would begin with removing what is built, and npm runs it not only where
// the package is installed, but at the first `npx nmcap` in a clone too.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { run, upToDate } from './steps.mjs';

// import.meta.dirname came with Node 20.11.
process.chdir(fileURLToPath(new URL('..', import.meta.url)));

/** Not in a clone that is not set up. nmcap itself tells that; npx would not, were this to fail. */
function hasDependencies() {
  try {
    return createRequire(import.meta.url).resolve('node-addon-api') !== '';
  } catch {
    return false;
  }
}

if (!hasDependencies()) process.exit(0);
const inputs = ['native', 'binding.gyp', 'node_modules/.nmcap-setup'];
upToDate('build/.nmcap-setup', inputs, () => {
  console.error('setup: native addon');
  // Headers beside the running node are its own; without them node-gyp would download some.
  const prefix = path.resolve(process.execPath, '../..');
  const headers = existsSync(path.join(prefix, 'include/node/node_api.h'))
    ? [`--nodedir=${prefix}`]
    : [];
  const command = existsSync('build/Makefile') ? ['configure', 'build'] : ['rebuild'];
  // A clone's own; an install script finds npm's.
  const own = 'node_modules/.bin/node-gyp';
  run(existsSync(own) ? own : 'node-gyp', [...command, '--silent', ...headers]);
});
