// A test is a named function that throws when something is not as it should be.
#pragma once

#include <cstdio>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace check {

struct Case {
  const char* name;
  void (*run)();
};

inline std::vector<Case>& cases() {
  static std::vector<Case> all;
  return all;
}

struct Registration {
  Registration(const char* name, void (*run)()) { cases().push_back({name, run}); }
};

template <typename Left, typename Right>
void equal(const Left& left, const Right& right, const char* text, const char* file, int line) {
  if (left == right) return;
  std::ostringstream message;
  message << file << ":" << line << ": " << text << ": " << left << " is not " << right;
  throw std::runtime_error(message.str());
}

}  // namespace check

#define CHECK_JOIN_(a, b) a##b
#define CHECK_JOIN(a, b) CHECK_JOIN_(a, b)

// TEST("what holds") { … }
#define TEST(name)                                                                                 \
  static void CHECK_JOIN(test, __LINE__)();                                                        \
  static const check::Registration CHECK_JOIN(registration, __LINE__)(name,                        \
                                                                      CHECK_JOIN(test, __LINE__)); \
  static void CHECK_JOIN(test, __LINE__)()

#define EQUAL(left, right) check::equal((left), (right), #left, __FILE__, __LINE__)
#define HOLDS(condition) \
  check::equal(static_cast<bool>(condition), true, #condition, __FILE__, __LINE__)
