// Names and priorities of threads.
#pragma once

namespace nmcap {

// Names the calling thread for top(1) and debuggers; 15 bytes at most.
void nameThread(const char* name);

// Throws SysError ("realtime") when this process may not have threads of real-time priority.
void requireRealtime();

// Gives the calling thread real-time priority. Where requireRealtime() would throw, nothing
// changes.
void becomeRealtime();

}  // namespace nmcap
