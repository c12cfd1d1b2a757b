#include "system/thread.h"

#include <pthread.h>
#include <sched.h>
#include <sys/resource.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif
#ifdef __FreeBSD__
#include <pthread_np.h>
#endif

#include "system/sys_error.h"

namespace nmcap {
namespace {

// First in, first out: the thread is never preempted by ordinary ones, and sleeps when the rings
// are empty. The lowest such priority is above every ordinary thread and below the kernel's own.
constexpr int kPolicy = SCHED_FIFO;

}  // namespace

void nameThread(const char* name) { ::pthread_setname_np(::pthread_self(), name); }

long timesBlocked() {
  rusage usage{};
  ::getrusage(RUSAGE_THREAD, &usage);
  return usage.ru_nvcsw;
}

void sleepPrecisely() {
#ifdef __linux__
  constexpr unsigned long kNanoseconds = 1000;
  ::prctl(PR_SET_TIMERSLACK, kNanoseconds, 0, 0, 0);
#endif
}

void makeRealtime(pthread_t thread) {
  sched_param parameters{};
  parameters.sched_priority = ::sched_get_priority_min(kPolicy);
  const int error = ::pthread_setschedparam(thread, kPolicy, &parameters);
  if (error != 0) throw SysError("realtime", "", error);
}

}  // namespace nmcap
