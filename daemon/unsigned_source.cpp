#include "daemon/unsigned_source.hpp"

namespace rasid {
namespace {

class UnsignedSource final : public Source {
public:
    Task<PollResult> poll(Cursor) override {
        co_return Failure{Failure::Kind::unauthorized,
                          "signed out: an admin signs in again at this source, on the Sources screen"};
    }
};

}  // namespace

Result<std::unique_ptr<Source>> make_or_ask(const SourceKind& kind, const Options& options, SourceEnv env) {
    auto made = kind.make(options, env);
    if (made || !kind.sign_in || !options.text(kind.token_option).empty()) return made;
    // Whether a token is all that is missing shows by giving one; that source is never polled.
    auto signed_in = options;
    signed_in.values[std::string(kind.token_option)] = "none";
    if (!kind.make(signed_in, env)) return made;
    return std::unique_ptr<Source>(std::make_unique<UnsignedSource>());
}

}  // namespace rasid
