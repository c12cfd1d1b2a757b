import { Command } from 'commander';

import { VERSION } from '../version.js';
import { addCompatibilityOptions, type CompatibilityFlags } from './compatibility-options.js';
import { Definer, type Repeated } from './definer.js';
import { addDisplayOptions, type DisplayFlags } from './display-options.js';
import { addDumpcapOptions, type DumpcapFlags } from './dumpcap-options.js';
import { addFileOptions, type FileFlags } from './file-options.js';
import { formatOption, HELP_WIDTH, optionTerm, TERM_WIDTH } from './help.js';
import { addOutputOptions, type OutputFlags } from './output-options.js';
import { addPortOptions, type PortFlags } from './port-options.js';
import { addRecorderOptions, type RecorderFlags } from './recorder-options.js';
import { addSelectionOptions, type SelectionFlags } from './selection-options.js';

/** The options as commander parses them. */
export interface Flags
  extends
    PortFlags,
    SelectionFlags,
    OutputFlags,
    DisplayFlags,
    FileFlags,
    RecorderFlags,
    DumpcapFlags,
    CompatibilityFlags {}

const USAGE = `[options] PORT [FILTER ...]
       nmcap [options] -r FILE [FILTER ...]
       nmcap -D [--json]
       nmcap doctor [PORT] [-w FILE] [--json]
       nmcap completion bash|zsh|fish
       nmcap extcap install|remove
       nmcap version`;

const DESCRIPTION = `tcpdump for netmap ports: what an application sends and receives, with the direction of every frame.

PORT is a netmap port (em0, em0-0, vale0:a, em0{1), all ports of a switch (vale0:), or a simulated port (sim:em0). nmcap attaches a monitor to it, and never takes it over. FILTER is an expression of pcap-filter(7).`;

const EXAMPLES = `
Examples:
  nmcap em0                          what its application sends and receives
  nmcap em0 -d tx -w out.pcapng      save what it sends
  nmcap -r out.pcapng tcp port 80    print part of the file
  nmcap vale0:a -w - | tshark -r -   decode with tshark
  nmcap extcap install               have Wireshark list netmap ports
  nmcap em0 --fields time,ip.addr    print chosen fields
  nmcap -D                           list the ports that can be watched
  nmcap doctor em0                   find out what keeps captures from working
  nmcap sim:em0 -c 20                try it without netmap

Not as in tcpdump: -d, -z, -B, -f and -b. The manual, nmcap(1), has the tables.
`;

/**
 * The command line for commander to parse. Repeatable letters are counted in `repeated` meanwhile;
 * `print` receives the text of --help and --version.
 */
export function createCommand(repeated: Repeated, print: (text: string) => void): Command {
  const command = new Command('nmcap')
    .description(DESCRIPTION)
    .usage(USAGE)
    .argument('[words...]')
    .exitOverride()
    .showSuggestionAfterError(false)
    .configureHelp({
      helpWidth: HELP_WIDTH,
      padWidth: () => TERM_WIDTH,
      optionTerm,
      optionDescription: ({ description }) => description,
      formatItem: formatOption,
    })
    .configureOutput({
      writeOut: print,
      // Errors are printed in app.ts only.
      writeErr: () => undefined,
    });
  const define = new Definer(command, repeated);
  define.group('Port:');
  addPortOptions(define);
  define.group('Selection:');
  addSelectionOptions(define);
  define.group('Output:');
  addOutputOptions(define);
  define.group('Display:');
  addDisplayOptions(define);
  define.group('Recording:');
  addFileOptions(define);
  addRecorderOptions(define);
  addDumpcapOptions(define);
  define.group("Accepted for tcpdump's sake, without effect:");
  addCompatibilityOptions(define);
  define.group('About:');
  return command
    .version(
      `nmcap ${VERSION}`,
      '--version',
      'print the version and exit; with -v, also those of what it uses',
    )
    .helpOption('-h, --help', 'print this help and exit')
    .addHelpText('after', EXAMPLES);
}

/** Every spelling of every option, as `-i` and `--interface`. */
export function optionNames({ options }: Command): string[] {
  return [
    ...options.flatMap(({ short, long }) => [short ?? [], long ?? []].flat()),
    '-h',
    '--help',
  ];
}
