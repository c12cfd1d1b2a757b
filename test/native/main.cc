// Runs all tests, or those whose names contain the first argument.
#include <cstdio>
#include <cstring>
#include <exception>

#include "check.h"

int main(int argc, char** argv) {
  int passed = 0;
  int failed = 0;
  for (const check::Case& test : check::cases()) {
    if (argc > 1 && std::strstr(test.name, argv[1]) == nullptr) continue;
    try {
      test.run();
      std::printf("ok      %s\n", test.name);
      passed++;
    } catch (const std::exception& error) {
      std::printf("NOT OK  %s\n        %s\n", test.name, error.what());
      failed++;
    }
    std::fflush(stdout);
  }
  std::printf("native tests: %d passed, %d failed\n", passed, failed);
  return failed == 0 && passed > 0 ? 0 : 1;
}
