#include "daemon/command_line.hpp"

#include <malloc.h>

int main(int argc, char** argv) {
    // The language detector takes and gives back some hundred kilobytes for every text. Left to its defaults the
    // allocator returns them to the system each time, which costs ten times as much as the detection.
    mallopt(M_MMAP_THRESHOLD, 8 << 20);
    mallopt(M_TRIM_THRESHOLD, 32 << 20);
    return rasid::run_command_line(argc, argv);
}
