// How fast a file takes bytes from memory, in the pieces that nmcap writes too:
//
//   write_bench FILE BYTES      one line of JSON: bytes a second
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

namespace {

constexpr std::size_t kPiece = 1 << 20;
constexpr std::size_t kPool = 32 * kPiece;  // as much memory as nmcap's batches have

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const std::uint64_t total = std::strtoull(argv[2], nullptr, 10);
  const std::vector<std::uint8_t> pool(kPool, 0x55);
  const auto start = std::chrono::steady_clock::now();
  const int file = ::open(argv[1], O_WRONLY | O_CREAT | O_TRUNC, 0644);
  for (std::uint64_t done = 0; file >= 0 && done < total;) {
    const std::size_t size = std::min<std::uint64_t>(kPiece, total - done);
    const ssize_t written = ::write(file, pool.data() + done % kPool, size);
    if (written < 0) break;
    done += static_cast<std::uint64_t>(written);
    // Short writes would shift the pieces out of the pool.
    if (static_cast<std::size_t>(written) != size) break;
    if (done == total) {
      const std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
      std::printf("{\"bytesPerSecond\":%.0f}\n", static_cast<double>(total) / time.count());
      return 0;
    }
  }
  std::perror(argv[1]);
  return 1;
}
