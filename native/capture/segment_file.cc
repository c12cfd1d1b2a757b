#include "capture/segment_file.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace nmcap {
namespace {

// A kernel without preemption keeps the processor for the whole of a write(2), from whichever
// thread wakes up meanwhile.
constexpr std::size_t kMostAtOnce = 256 << 10;

// Shorter pieces compress worse; more than that waits for no others.
constexpr std::size_t kLargePiece = 512 << 10;
// What has come so long ago is in the file, whatever becomes of nmcap.
constexpr std::chrono::seconds kFlushAfter(1);

// Cuts off the last `count` bytes written; what cannot be cut, such as a device, stays.
void takeBack(int descriptor, std::size_t count) {
  const off_t end = ::lseek(descriptor, -static_cast<off_t>(count), SEEK_CUR);
  if (end < 0 || ::ftruncate(descriptor, end) != 0) return;
}

// Whole, or not at all where the file can be cut.
bool writeWhole(int descriptor, const std::uint8_t* bytes, std::size_t length) {
  for (std::size_t done = 0; done < length;) {
    const std::size_t size = std::min(kMostAtOnce, length - done);
    const ssize_t count = ::write(descriptor, bytes + done, size);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) {
      const int error = count < 0 ? errno : ENOSPC;
      takeBack(descriptor, done);
      errno = error;
      return false;
    }
    done += static_cast<std::size_t>(count);
  }
  return true;
}

}  // namespace

std::uint64_t SegmentFile::room() const {
  if (!compressor_) return bytesLeft_ > bytes_ ? bytesLeft_ - bytes_ : 0;
  const std::uint64_t used = bytes_ + (waiting() ? compressor_->bound(waiting_.size()) : 0);
  if (used >= bytesLeft_) return 0;
  // What a piece may grow by is more the longer it is.
  const std::uint64_t left = bytesLeft_ - used;
  if (left >= Segment::kUnlimited / 2) return left;
  const std::uint64_t grown = compressor_->bound(left);
  return grown - left < left ? left - (grown - left) : 0;
}

void SegmentFile::reserve(std::uint64_t length) {
  const std::uint64_t most = compressor_ ? compressor_->bound(length) : length;
  bytesLeft_ -= std::min(bytesLeft_, most);
}

bool SegmentFile::append(const std::uint8_t* blocks, std::size_t length, std::uint32_t packets) {
  if (!compressor_) {
    if (!writeTimed(blocks, length)) return false;
    bytes_ += length;
    packets_ += packets;
    return true;
  }
  if (length >= kLargePiece) return flush() && writePiece(blocks, length, packets);
  if (waiting_.empty()) flushAt_ = Clock::now() + kFlushAfter;
  waiting_.insert(waiting_.end(), blocks, blocks + length);
  waitingPackets_ += packets;
  return waiting_.size() < kLargePiece || flush();
}

bool SegmentFile::flush() {
  if (waiting_.empty()) return true;
  const bool written = writePiece(waiting_.data(), waiting_.size(), waitingPackets_);
  waiting_.clear();
  waitingPackets_ = 0;
  return written;
}

bool SegmentFile::writePiece(const std::uint8_t* bytes, std::size_t length, std::uint32_t packets) {
  const auto start = Clock::now();
  compressed_.resize(std::max(compressed_.size(), compressor_->bound(length)));
  const auto size = compressor_->compress(bytes, length, false, compressed_.data());
  compressing_ += Clock::now() - start;
  if (!size) error_ = ENOMEM;
  if (!size || !writeTimed(compressed_.data(), *size)) return false;
  bytes_ += *size;
  packets_ += packets;
  return true;
}

bool SegmentFile::writeTimed(const std::uint8_t* bytes, std::size_t length) {
  const auto start = Clock::now();
  const bool written = writeWhole(descriptor_, bytes, length);
  if (!written) error_ = errno;
  writing_ += Clock::now() - start;
  return written;
}

}  // namespace nmcap
