#include "capture/segment_writer.h"

#include <sys/stat.h>
#include <unistd.h>

#include <utility>

#include "capture/epb.h"

namespace nmcap {
namespace {

// What reads a pipe or a socket, or looks at a terminal, waits for every packet.
bool isFile(int descriptor) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) return false;
  return S_ISREG(status.st_mode) || S_ISBLK(status.st_mode) ||
         (S_ISCHR(status.st_mode) && ::isatty(descriptor) == 0);
}

}  // namespace

SegmentWriter::SegmentWriter(Drain& drain) : drain_(drain) {
  figures_.counts = drain.handedOver().counts;
}

void SegmentWriter::begin(const Segment& segment) {
  segment_ = segment;
  file_ = SegmentFile(segment);
  isFile_ = nmcap::isFile(segment.descriptor);
  published_ = 0;
  SegmentFigures begun;
  begun.counts = std::move(figures_.counts);
  figures_ = std::move(begun);
}

// What packets need has been handed in before the batch was taken.
SegmentWriter::Taken SegmentWriter::write(BatchPool::Batch batch) {
  const Taken described = writeDescriptions();
  if (described == Taken::kWhole) return writePackets(batch);
  drain_.pool()->putBack(batch);
  return described;
}

bool SegmentWriter::flush() {
  const bool written = file_.flush();
  publish();
  return written;
}

void SegmentWriter::describe(InterfaceDescription description) {
  const std::lock_guard lock(descriptionsMutex_);
  descriptions_.push_back(std::move(description));
}

SegmentWriter::Taken SegmentWriter::writeDescriptions() {
  std::vector<InterfaceDescription> news;
  {
    const std::lock_guard lock(descriptionsMutex_);
    news.swap(descriptions_);
  }
  for (const auto& [interfaceId, block, reserve] : news) {
    if (interfaceId < segment_.interfaces) continue;
    if (file_.waiting() && !file_.flush()) return Taken::kFailed;
    // The next file begins with those that are left out here.
    if (block.size() + reserve > file_.room()) return Taken::kFull;
    if (!file_.append(block.data(), block.size(), 0)) return Taken::kFailed;
    file_.reserve(reserve);
    segment_.interfaces = interfaceId + 1;
  }
  return Taken::kWhole;
}

// Writes as much of a batch as belongs to the segment; the rest is the pool's oldest again.
SegmentWriter::Taken SegmentWriter::writePackets(BatchPool::Batch batch) {
  const std::uint8_t* const bytes = drain_.pool()->buffer(batch.index);
  const std::uint8_t* const begin = bytes + batch.start;
  const std::uint8_t* const end = bytes + batch.length;
  const auto later = [this](const std::uint8_t* block) {
    return segment_.endsAt != 0 && epbTime(block) >= segment_.endsAt;
  };
  std::uint64_t room = file_.room();
  if (static_cast<std::uint64_t>(end - begin) > room && file_.waiting()) {
    if (!file_.flush()) {
      drain_.pool()->putBack(batch);
      return Taken::kFailed;
    }
    room = file_.room();
  }

  Taken taken = Taken::kWhole;
  const std::uint8_t* at = end;
  std::uint32_t packets = batch.packets;
  // Time stamps rise but where the clock is set back, and then packets stay where they are.
  if (static_cast<std::uint64_t>(end - begin) > room || later(epbBefore(end))) {
    packets = 0;
    for (at = begin; at < end; at += epbLength(at), packets++) {
      if (later(at)) {
        taken = Taken::kTime;
        break;
      }
      const auto length = static_cast<std::uint64_t>(at + epbLength(at) - begin);
      const bool first = figures_.firstTime == 0 && packets == 0;
      if (length > room && !first) {
        // Compressed, what went before may leave room for it.
        taken = file_.compresses() && packets > 0 ? Taken::kWhole : Taken::kFull;
        break;
      }
    }
  }
  if (at > begin) {
    if (!file_.append(begin, static_cast<std::size_t>(at - begin), packets)) {
      drain_.pool()->putBack(batch);
      return Taken::kFailed;
    }
    publish();
    if (figures_.firstTime == 0) figures_.firstTime = epbTime(begin);
    figures_.lastTime = epbTime(epbBefore(at));
  }
  figures_.counts = drain_.countsAt(batch.index);
  if (at == end) {
    drain_.release(batch.index);
    return taken;
  }
  if (taken != Taken::kWhole) figures_.nextTime = epbTime(at);
  batch.start = static_cast<std::size_t>(at - bytes);
  batch.packets -= packets;
  // Frames that the filter refused count for the file that the batch began in.
  for (; at < end; at += epbLength(at)) {
    InterfaceCounts& count = figures_.counts[epbInterface(at)];
    count.seen--;
    count.passed--;
  }
  drain_.pool()->putBack(batch);
  return taken;
}

void SegmentWriter::publish() {
  written_.fetch_add(file_.packets() - published_, std::memory_order_relaxed);
  published_ = file_.packets();
}

void SegmentWriter::end() {
  publish();
  figures_.compressing = file_.compressing();
  figures_.writing = file_.writing();
  figures_.error = file_.error();
  figures_.packets = file_.packets();
  figures_.bytes = file_.bytes();
  figures_.interfaces = segment_.interfaces;
}

}  // namespace nmcap
