// A disk that stalls: preloaded into a program, it makes writes to regular files wait.
//
//   LD_PRELOAD=stalling_disk.so NMCAP_BENCH_STALL_SEED=1 NMCAP_BENCH_STALL_LOG=FILE PROGRAM
//
// Every 300 to 700 ms, as the seed has it, the next write takes 500 ms longer, and all others wait
// for it, as they do for one disk. A byte is added to the log for each stall.
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <mutex>
#include <thread>

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds kStall(500);
constexpr std::uint32_t kShortestGapMs = 300;
constexpr std::uint32_t kLongestGapMs = 700;

template <typename Function>
Function next(const char* name) {
  return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

class Disk {
 public:
  void access() {
    const std::lock_guard lock(mutex_);
    const auto now = Clock::now();
    if (stallAt_ == Clock::time_point()) stallAt_ = now + gap();
    if (now < stallAt_) return;
    log();
    std::this_thread::sleep_for(kStall);
    stallAt_ = Clock::now() + gap();
  }

 private:
  // xorshift32
  milliseconds gap() {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 17;
    state_ ^= state_ << 5;
    return milliseconds(kShortestGapMs + state_ % (kLongestGapMs - kShortestGapMs + 1));
  }

  static std::uint32_t seed() {
    const char* const seed = std::getenv("NMCAP_BENCH_STALL_SEED");
    return 0x9e3779b9 * (seed == nullptr ? 1U : static_cast<std::uint32_t>(std::atoi(seed)) | 1U);
  }

  static void log() {
    static const auto write = next<ssize_t (*)(int, const void*, size_t)>("write");
    const char* const name = std::getenv("NMCAP_BENCH_STALL_LOG");
    if (name == nullptr) return;
    const int fd = ::open(name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    [[maybe_unused]] const ssize_t written = write(fd, "x", 1);
    ::close(fd);
  }

  std::mutex mutex_;
  std::uint32_t state_ = seed();
  Clock::time_point stallAt_;
};

// Keeps errno for the call that follows.
void access(int fd) {
  static Disk disk;
  const int error = errno;
  struct stat status {};
  if (::fstat(fd, &status) == 0 && S_ISREG(status.st_mode)) disk.access();
  errno = error;
}

}  // namespace

// All that nmcap and node write files with.
extern "C" {

ssize_t write(int fd, const void* bytes, size_t length) {
  static const auto call = next<decltype(&write)>("write");
  access(fd);
  return call(fd, bytes, length);
}

ssize_t writev(int fd, const iovec* pieces, int count) {
  static const auto call = next<decltype(&writev)>("writev");
  access(fd);
  return call(fd, pieces, count);
}

ssize_t pwrite(int fd, const void* bytes, size_t length, off_t at) {
  static const auto call = next<decltype(&pwrite)>("pwrite");
  access(fd);
  return call(fd, bytes, length, at);
}

ssize_t pwritev(int fd, const iovec* pieces, int count, off_t at) {
  static const auto call = next<decltype(&pwritev)>("pwritev");
  access(fd);
  return call(fd, pieces, count, at);
}

#ifdef __linux__
ssize_t pwrite64(int fd, const void* bytes, size_t length, off64_t at) {
  static const auto call = next<decltype(&pwrite64)>("pwrite64");
  access(fd);
  return call(fd, bytes, length, at);
}

ssize_t pwritev64(int fd, const iovec* pieces, int count, off64_t at) {
  static const auto call = next<decltype(&pwritev64)>("pwritev64");
  access(fd);
  return call(fd, pieces, count, at);
}
#endif
}
