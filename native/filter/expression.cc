#include "filter/expression.h"

#include <cstddef>
#include <string_view>

namespace nmcap {
namespace {

constexpr std::string_view kInboundWord = "inbound";
constexpr std::string_view kOutboundWord = "outbound";

bool isAlphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

// What ends an identifier after a backslash.
bool endsEscaped(char c) { return std::string_view(" !()\n\t").find(c) != std::string_view::npos; }

// The token that begins at `at`, as libpcap's scanner.l has it:
//   [A-Za-z0-9]([-_.A-Za-z0-9]*[.A-Za-z0-9])?   an identifier or keyword
//   "\\"[^ !()\n\t]+                            an identifier that is not a keyword
// and any other character. Addresses with colons are several of these, none of which can be a word
// that begins with an i or an o.
std::string_view tokenAt(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  if (text[at] == '\\') {
    while (end < text.size() && !endsEscaped(text[end])) end++;
  } else if (isAlphanumeric(text[at])) {
    for (std::size_t i = end; i < text.size(); i++) {
      const char c = text[i];
      if (isAlphanumeric(c) || c == '.') {
        end = i + 1;
      } else if (c != '-' && c != '_') {
        break;
      }
    }
  }
  return text.substr(at, end - at);
}

bool isNumber(std::string_view token) {
  return token.find_first_not_of("0123456789") == std::string_view::npos;
}

bool isSpace(std::string_view token) { return token == " " || token == "\t" || token == "\n"; }

}  // namespace

bool asksForDirection(const std::string& expression) {
  const std::string_view text = expression;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view token = tokenAt(text, at);
    if (token == kInboundWord || token == kOutboundWord) return true;
    at += token.size();
  }
  return false;
}

std::string withDirection(const std::string& expression, Direction direction) {
  const std::string_view text = expression;
  std::string replaced;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view token = tokenAt(text, at);
    at += token.size();
    if (token == kInboundWord) {
      replaced += direction == Direction::kInbound ? "(0 = 0)" : "(0 = 1)";
    } else if (token == kOutboundWord) {
      replaced += direction == Direction::kOutbound ? "(0 = 0)" : "(0 = 1)";
    } else {
      replaced += token;
    }
  }
  return replaced;
}

std::string withDottedNets(const std::string& expression) {
  const std::string_view text = expression;
  std::string dotted;
  bool isNet = false;  // the last word is `net`
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view token = tokenAt(text, at);
    at += token.size();
    dotted += token;
    if (isNet && isNumber(token) && at < text.size() && text[at] == '/') dotted += ".0";
    if (!isSpace(token)) isNet = token == "net";
  }
  return dotted;
}

}  // namespace nmcap
