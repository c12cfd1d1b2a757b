// Names and priorities of threads.
#pragma once

#include <pthread.h>
#include <sys/types.h>

namespace nmcap {

// As the kernel numbers threads, from 1.
using ThreadId = pid_t;
// The calling thread's.
ThreadId threadId();

// Names the calling thread for top(1) and debuggers; 15 bytes at most.
void nameThread(const char* name);

// How often the calling thread has had to wait for something else than a processor.
long timesBlocked();

// Whether a thread of this process waits for something else than a processor, or may do so: only
// Linux tells.
bool mayBeBlocked(ThreadId thread);

// Lets the calling thread's sleeps end on time. Linux otherwise lets them last 50 microseconds
// more, to wake up for several at once.
void sleepPrecisely();

// Gives a thread real-time priority. Throws SysError ("realtime") when this process may not have
// such threads.
void makeRealtime(pthread_t thread);

}  // namespace nmcap
