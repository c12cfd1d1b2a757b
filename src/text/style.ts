import { Chalk } from 'chalk';

import { type Ascii, ascii } from './ascii.js';

/** The escape sequences that begin and end a style; empty when colour is off. */
export interface Style {
  readonly open: Ascii;
  readonly close: Ascii;
}

export interface Palette {
  /** Whether any of the styles is not empty. */
  readonly isColoured: boolean;
  readonly inbound: Style;
  readonly outbound: Style;
  readonly protocol: Style;
  readonly address: Style;
  readonly tcpFlags: Style;
  /** Ends any style. */
  readonly reset: Ascii;
}

const EMPTY = ascii('');
const PLAIN: Style = { open: EMPTY, close: EMPTY };

export const PLAIN_PALETTE: Palette = {
  isColoured: false,
  inbound: PLAIN,
  outbound: PLAIN,
  protocol: PLAIN,
  address: PLAIN,
  tcpFlags: PLAIN,
  reset: EMPTY,
};

/** Made once per printer: calling chalk for every packet would cost more than the line itself. */
export function colourPalette(): Palette {
  const chalk = new Chalk({ level: 1 });
  const style = (paint: (text: string) => string): Style => {
    const [open = '', close = ''] = paint('|').split('|');
    return { open: ascii(open), close: ascii(close) };
  };
  return {
    isColoured: true,
    inbound: style(chalk.green),
    outbound: style(chalk.magenta),
    protocol: style(chalk.bold),
    address: style(chalk.cyan),
    tcpFlags: style(chalk.yellow),
    reset: style(chalk.reset).close,
  };
}
