#include "system/thread.h"

#include <pthread.h>
#include <sched.h>
#include <sys/resource.h>

#ifdef __linux__
#include <fcntl.h>
#include <sys/prctl.h>
#include <unistd.h>
#endif
#ifdef __FreeBSD__
#include <pthread_np.h>
#endif

#include <array>
#include <string>
#include <string_view>

#include "system/sys_error.h"

namespace nmcap {
namespace {

// First in, first out: the thread is never preempted by ordinary ones, and sleeps when the rings
// are empty. The lowest such priority is above every ordinary thread and below the kernel's own.
constexpr int kPolicy = SCHED_FIFO;

}  // namespace

void nameThread(const char* name) { ::pthread_setname_np(::pthread_self(), name); }

ThreadId threadId() {
#ifdef __linux__
  thread_local const ThreadId id = ::gettid();
#else
  thread_local const ThreadId id = ::pthread_getthreadid_np();
#endif
  return id;
}

long timesBlocked() {
  rusage usage{};
  ::getrusage(RUSAGE_THREAD, &usage);
  return usage.ru_nvcsw;
}

bool mayBeBlocked([[maybe_unused]] ThreadId thread) {
#ifdef __linux__
  const std::string name = "/proc/self/task/" + std::to_string(thread) + "/stat";
  const int descriptor = ::open(name.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return true;
  std::array<char, 64> text{};
  const ssize_t size = ::read(descriptor, text.data(), text.size());
  ::close(descriptor);
  if (size <= 0) return true;
  // proc_pid_stat(5): the name may have brackets of its own; after the last one is the state.
  const std::string_view line(text.data(), static_cast<std::size_t>(size));
  const std::size_t bracket = line.rfind(')');
  return bracket == std::string_view::npos || line.substr(bracket, 3) != ") R";
#else
  return true;
#endif
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
