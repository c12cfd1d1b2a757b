// A file without a name, of which some writes take long, as on a disk that has other things to do.
#pragma once

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <vector>

namespace fixture {

class StallingFile {
 public:
  // The write number `which`, from 0, of the process' writes to it takes `time`; at most one such
  // file at a time.
  StallingFile(int which, std::chrono::milliseconds time);
  ~StallingFile();
  StallingFile(const StallingFile&) = delete;
  StallingFile& operator=(const StallingFile&) = delete;

  int descriptor() const { return ::fileno(file_); }
  std::vector<std::uint8_t> bytes() const;

 private:
  std::FILE* file_;
};

}  // namespace fixture
