import { type Ascii, ascii } from '../text/ascii.js';

export type FieldKind = 'number' | 'text' | 'boolean';

/**
 * A field of packets, under Wireshark's name if it has one. Made once at startup, so that decoders
 * need no strings to refer to it.
 */
export class Field {
  /** Index into FIELDS, set there. */
  index = -1;
  /** Of the layer, the group and the field itself: `tcp.flags.syn`. */
  readonly name: string;
  readonly kind: FieldKind;
  readonly layer: Layer | undefined;
  readonly group: Group | undefined;
  /** `"syn":` and `,"syn":`, as they appear in JSON. */
  readonly firstKey: Ascii;
  readonly nextKey: Ascii;

  constructor(name: string, kind: FieldKind, layer?: Layer, group?: Group) {
    this.name = [layer?.name, group?.name, name].filter((part) => part !== undefined).join('.');
    this.kind = kind;
    this.layer = layer;
    this.group = group;
    this.firstKey = ascii(`"${name}":`);
    this.nextKey = ascii(`,"${name}":`);
  }
}

/** One protocol's fields in a packet. */
export class Layer {
  readonly name: string;
  /** `{"tcp":{` */
  readonly open: Ascii;
  /** In the order in which they were made. */
  readonly fields: Field[] = [];

  constructor(name: string) {
    this.name = name;
    this.open = ascii(`{"${name}":{`);
  }

  number(name: string): Field {
    return this.add(name, 'number');
  }

  text(name: string): Field {
    return this.add(name, 'text');
  }

  boolean(name: string): Field {
    return this.add(name, 'boolean');
  }

  group(name: string): Group {
    return new Group(this, name, false);
  }

  list(name: string): Group {
    return new Group(this, name, true);
  }

  /** A new field of the layer, or of a group in it. */
  add(name: string, kind: FieldKind, group?: Group): Field {
    const field = new Field(name, kind, this, group);
    this.fields.push(field);
    return field;
  }
}

/** Fields of a layer that belong together; in a list they repeat. */
export class Group {
  readonly layer: Layer;
  readonly name: string;
  readonly isList: boolean;
  /** `"flags":{` and `,"flags":{`; with the bracket if it is a list. */
  readonly firstOpen: Ascii;
  readonly nextOpen: Ascii;
  readonly close: Ascii;

  constructor(layer: Layer, name: string, isList: boolean) {
    this.layer = layer;
    this.name = name;
    this.isList = isList;
    const bracket = isList ? '[' : '';
    this.firstOpen = ascii(`"${name}":${bracket}{`);
    this.nextOpen = ascii(`,"${name}":${bracket}{`);
    this.close = ascii(isList ? '}]' : '}');
  }

  number(name: string): Field {
    return this.layer.add(name, 'number', this);
  }

  text(name: string): Field {
    return this.layer.add(name, 'text', this);
  }

  boolean(name: string): Field {
    return this.layer.add(name, 'boolean', this);
  }
}
