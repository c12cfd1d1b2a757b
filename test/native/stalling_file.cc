#include "stalling_file.h"

#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "check.h"

namespace fixture {
namespace {

std::atomic<int> stalling{-1};
std::atomic<int> writesBefore{0};
std::atomic<std::int64_t> stallMs{0};

}  // namespace

StallingFile::StallingFile(int which, std::chrono::milliseconds time) : file_(std::tmpfile()) {
  HOLDS(file_ != nullptr);
  writesBefore.store(which);
  stallMs.store(time.count());
  stalling.store(descriptor());
}

StallingFile::~StallingFile() {
  stalling.store(-1);
  std::fclose(file_);
}

std::vector<std::uint8_t> StallingFile::bytes() const {
  struct stat status {};
  EQUAL(::fstat(descriptor(), &status), 0);
  std::vector<std::uint8_t> bytes(static_cast<std::size_t>(status.st_size));
  EQUAL(::pread(descriptor(), bytes.data(), bytes.size(), 0), static_cast<ssize_t>(bytes.size()));
  return bytes;
}

}  // namespace fixture

// Takes the place of the C library's in this program.
extern "C" ssize_t write(int descriptor, const void* bytes, size_t length) {
  if (descriptor >= 0 && descriptor == fixture::stalling.load() &&
      fixture::writesBefore.fetch_sub(1) == 0) {
    std::this_thread::sleep_for(std::chrono::milliseconds(fixture::stallMs.load()));
  }
  return ::syscall(SYS_write, descriptor, bytes, length);
}
