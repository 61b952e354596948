#include "daemon/command_line.hpp"

int main(int argc, char** argv) { return rasid::run_command_line(argc, argv); }
