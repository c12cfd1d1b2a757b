// What a thread is called, and how soon it runs.
#pragma once

namespace nmcap {

// Names the calling thread for top(1) and debuggers; 15 bytes at most.
void nameThread(const char* name);

// Whether this process may have threads of real-time priority: throws SysError
// ("pthread_create") when it may not.
void requireRealtime();

// The calling thread runs before all ordinary ones, as soon as there is something to do for it.
// Where requireRealtime() would throw, nothing changes.
void becomeRealtime();

}  // namespace nmcap
