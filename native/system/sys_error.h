// The exception for system calls that fail. napi/js_error.cc turns it into the TypeScript error
// class; wording and advice are TypeScript's.
#pragma once

#include <cerrno>
#include <exception>
#include <string>
#include <utility>

namespace nmcap {

class SysError final : public std::exception {
 public:
  // `call`: the system call or request ("open", "REGISTER", "mmap"); `port`: the name the kernel
  // was given, or empty. `error`: errno as it is now, unless given.
  SysError(std::string call, std::string port, int error = errno)
      : call_(std::move(call)), port_(std::move(port)), error_(error) {}

  const std::string& call() const { return call_; }
  const std::string& port() const { return port_; }
  int error() const { return error_; }
  const char* what() const noexcept override { return call_.c_str(); }

 private:
  std::string call_;
  std::string port_;
  int error_;
};

}  // namespace nmcap
