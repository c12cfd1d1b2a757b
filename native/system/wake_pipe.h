// A pipe whose only message is "wake up": its read end can be polled beside netmap descriptors.
#pragma once

namespace nmcap {

class WakePipe {
 public:
  // Throws SysError ("pipe").
  WakePipe();
  ~WakePipe();
  WakePipe(const WakePipe&) = delete;
  WakePipe& operator=(const WakePipe&) = delete;

  // From any thread. Waking twice before clear() is waking once.
  void wake();
  void clear();
  int readEnd() const { return readEnd_; }

 private:
  int readEnd_;
  int writeEnd_;
};

}  // namespace nmcap
