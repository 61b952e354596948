#include "escalation/policies.hpp"

namespace rasid {

Policies policies_of(const Setup& setup) {
    return {.calendars = setup.calendars, .queues = setup.queues, .ladders = setup.ladders, .people = setup.people};
}

}  // namespace rasid
