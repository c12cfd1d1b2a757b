// Names and priorities of threads.
#pragma once

#include <pthread.h>

namespace nmcap {

// Names the calling thread for top(1) and debuggers; 15 bytes at most.
void nameThread(const char* name);

// Gives a thread real-time priority. Throws SysError ("realtime") when this process may not have
// such threads.
void makeRealtime(pthread_t thread);

}  // namespace nmcap
