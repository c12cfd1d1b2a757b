import { spawnSync } from 'node:child_process';

/**
 * What vale-ctl(8) does and nmcap never does: persistent VALE ports (VALE_NEWIF, VALE_DELIF), and
 * interfaces that the kernel attaches to a switch (VALE_ATTACH, VALE_DETACH). Layouts and numbers are
 * those of net/netmap.h on LP64 Linux.
 */
const SCRIPT = `
import ctypes, fcntl, struct, sys
bodies = {
    'newif': (8, bytes(16)),
    'delif': (9, b''),
    'attach': (3, struct.pack('<36xI24x', 1)),  # nr_mode NR_REG_ALL_NIC
    'detach': (4, bytes(8)),
}
reqtype, content = bodies[sys.argv[1]]
body = ctypes.create_string_buffer(content, max(len(content), 1))
address = ctypes.addressof(body) if content else 0
header = bytearray(struct.pack('<HHI64sQQ', 14, reqtype, 0, sys.argv[2].encode(), 0, address))
with open('/dev/netmap', 'r+b', buffering=0) as device:
    fcntl.ioctl(device, 0xc0586997, header)
`;

export function valeCtl(request: 'newif' | 'delif' | 'attach' | 'detach', name: string): void {
  const { status, stderr } = spawnSync('python3', ['-c', SCRIPT, request, name], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${request} ${name}: ${stderr}`);
}
