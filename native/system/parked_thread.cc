#include "system/parked_thread.h"

#include <system_error>
#include <utility>

#include "system/sys_error.h"
#include "system/thread.h"

namespace nmcap {

ParkedThread::ParkedThread(std::function<void()> work) {
  try {
    thread_ = std::thread([works = works_.get_future(), work = std::move(work)]() mutable {
      if (works.get()) work();
    });
  } catch (const std::system_error& error) {
    throw SysError("pthread_create", "", error.code().value());
  }
}

void ParkedThread::makeRealtime() { nmcap::makeRealtime(thread_.native_handle()); }

void ParkedThread::join() {
  release(false);
  if (thread_.joinable()) thread_.join();
}

bool ParkedThread::release(bool works) {
  if (released_) return false;
  released_ = true;
  works_.set_value(works);
  return true;
}

}  // namespace nmcap
