// Who empties the batches in native code, as the drain thread sees it.
#pragma once

#include <chrono>

namespace nmcap {

class BatchConsumer {
 public:
  virtual ~BatchConsumer() = default;
  // Whether it empties them; otherwise they are for Drain::take().
  virtual bool consumes() const = 0;
  // Whether nobody misses packets that wait a tenth of a second for others.
  virtual bool isPatient() const = 0;
  // Empties them soon, in a thread of its own.
  virtual void notify() = 0;
  // Empties them in the drain thread, which calls this and has left the rings, unless that has
  // taken longer than `limit` lately: false. When it does, Drain::standIn() is called in another
  // thread.
  virtual bool empty(std::chrono::nanoseconds limit) = 0;
};

}  // namespace nmcap
