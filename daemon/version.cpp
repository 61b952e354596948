#include "daemon/version.hpp"

namespace rasid {

const char* const kVersion = RASID_VERSION;
const char* const kCommit = RASID_COMMIT;

}  // namespace rasid
