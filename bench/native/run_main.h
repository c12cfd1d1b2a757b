// What main() of each of the benchmark's programs does.
#pragma once

#include <cstdio>
#include <exception>

namespace nmcap::bench {

// The status of `run`; 1, and what went wrong after the program's name, where it throws.
inline int runMain(const char* name, int (*run)(int, char**), int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s: %s\n", name, error.what());
    return 1;
  }
}

}  // namespace nmcap::bench
