// A thread that exists before it has anything to do.
#pragma once

#include <functional>
#include <future>
#include <thread>

namespace nmcap {

// Created when its owner is, so that a lack of threads is found before anything is changed that
// cannot be undone, such as a file that is emptied. Does `work` from start() on. One owner.
class ParkedThread {
 public:
  // Throws SysError ("pthread_create").
  explicit ParkedThread(std::function<void()> work);
  ~ParkedThread() { join(); }
  ParkedThread(const ParkedThread&) = delete;
  ParkedThread& operator=(const ParkedThread&) = delete;

  // Before join(). Throws SysError ("realtime") when this process may not have such threads.
  void makeRealtime();
  // False, and nothing happens, after the first call and after join().
  bool start() { return release(true); }
  // Waits for the end of the work; without start() there is none. A second call does nothing.
  void join();

 private:
  bool release(bool works);

  std::promise<bool> works_;
  bool released_ = false;
  std::thread thread_;
};

}  // namespace nmcap
