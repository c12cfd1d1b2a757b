// A batch pool's memory is there before it is used, which a frame would have to wait for.
#include "capture/batch_pool.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstddef>
#include <vector>

#include "check.h"

#ifdef __linux__
TEST("batch pool: has all of its memory from the beginning") {
  constexpr std::size_t kPage = 4096;
  const nmcap::BatchPool pool(1 << 20, 8);
  std::vector<unsigned char> pages(pool.size() / kPage);
  HOLDS(mincore(pool.data(), pool.size(), pages.data()) == 0);
  HOLDS(
      std::all_of(pages.begin(), pages.end(), [](unsigned char page) { return (page & 1) != 0; }));
}
#endif
