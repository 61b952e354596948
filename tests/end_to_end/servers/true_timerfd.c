// Put before libfaketime: it takes the absolute times of monotonic timer descriptors for times of day and moves them
// too, so that the timers of the daemon's loop would fire a day late.
#define _GNU_SOURCE
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <unistd.h>

int timerfd_settime(int descriptor, int flags, const struct itimerspec* next, struct itimerspec* before) {
    return (int)syscall(SYS_timerfd_settime, descriptor, flags, next, before);
}
