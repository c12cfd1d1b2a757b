import { Chalk } from 'chalk';

/** The escape sequences that begin and end a style; empty when colour is off. */
export interface Style {
  readonly open: string;
  readonly close: string;
}

export interface Palette {
  readonly inbound: Style;
  readonly outbound: Style;
  readonly protocol: Style;
  readonly address: Style;
  readonly tcpFlags: Style;
  /** Ends whatever style is on. */
  readonly reset: string;
}

const PLAIN: Style = { open: '', close: '' };

export const PLAIN_PALETTE: Palette = {
  inbound: PLAIN,
  outbound: PLAIN,
  protocol: PLAIN,
  address: PLAIN,
  tcpFlags: PLAIN,
  reset: '',
};

/** Made once per printer: asking chalk for every packet would cost more than the line itself. */
export function colourPalette(): Palette {
  const chalk = new Chalk({ level: 1 });
  const style = (paint: (text: string) => string): Style => {
    const [open = '', close = ''] = paint('|').split('|');
    return { open, close };
  };
  return {
    inbound: style(chalk.green),
    outbound: style(chalk.magenta),
    protocol: style(chalk.bold),
    address: style(chalk.cyan),
    tcpFlags: style(chalk.yellow),
    reset: style(chalk.reset).close,
  };
}
