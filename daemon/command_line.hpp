#pragma once

namespace rasid {

/// Parses the command line, runs the command, gives the exit code. Exceptions end here.
int run_command_line(int argc, char** argv);

}  // namespace rasid
