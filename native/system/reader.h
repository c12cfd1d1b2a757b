// The other end of a pipe or socket that is only written to.
#pragma once

namespace nmcap {

// Whether nobody can read any more what is written there. Whoever writes learns of it from write(2)
// alone, and may have nothing to write for hours.
bool readerGone(int descriptor);

}  // namespace nmcap
