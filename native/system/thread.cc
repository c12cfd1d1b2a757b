#include "system/thread.h"

#include <pthread.h>
#include <sched.h>

#ifdef __FreeBSD__
#include <pthread_np.h>
#endif

#include "system/sys_error.h"

namespace nmcap {
namespace {

// First in, first out: the thread is never preempted by ordinary ones, and sleeps when the rings
// are empty. The lowest such priority is above every ordinary thread and below the kernel's own.
constexpr int kPolicy = SCHED_FIFO;

sched_param lowestPriority() {
  sched_param parameters{};
  parameters.sched_priority = ::sched_get_priority_min(kPolicy);
  return parameters;
}

void* nothing(void*) { return nullptr; }

}  // namespace

void nameThread(const char* name) { ::pthread_setname_np(::pthread_self(), name); }

void requireRealtime() {
  const sched_param parameters = lowestPriority();
  pthread_attr_t attributes;
  ::pthread_attr_init(&attributes);
  ::pthread_attr_setinheritsched(&attributes, PTHREAD_EXPLICIT_SCHED);
  ::pthread_attr_setschedpolicy(&attributes, kPolicy);
  ::pthread_attr_setschedparam(&attributes, &parameters);
  pthread_t thread;
  const int error = ::pthread_create(&thread, &attributes, nothing, nullptr);
  ::pthread_attr_destroy(&attributes);
  if (error != 0) throw SysError("realtime", "", error);
  ::pthread_join(thread, nullptr);
}

void becomeRealtime() {
  const sched_param parameters = lowestPriority();
  ::pthread_setschedparam(::pthread_self(), kPolicy, &parameters);
}

}  // namespace nmcap
