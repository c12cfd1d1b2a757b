/** The numbers of netmap's interface that the scenarios speak in; net/netmap.h. */

/** nmreq_register.nr_mode */
export const Mode = { AllNic: 1, Host: 2, NicAndHost: 3, OneNic: 4, OneHost: 8 } as const;

/** nmreq_register.nr_flags */
export const RequestFlag = { MonitorTx: 0x100, MonitorRx: 0x200, ZeroCopy: 0x400 } as const;

/** netmap_slot.flags; the high byte is VALE's. */
export const SlotFlag = { BufferChanged: 0x01, MoreFragments: 0x20, TxMonitor: 0x40 } as const;

/** poll(2) */
export const Poll = { In: 1, Out: 4, Error: 8 } as const;

/** Slots of a ring whose port asked for no other number (NETMAP's default for VALE and generic NICs). */
export const DEFAULT_SLOTS = 1024;
