# rasid_module(NAME USES modules… LIBS libraries… [ASIO])
#
# A folder is a module is a target: every .cpp of the folder (and of its sub-folders) belongs to it.
# USES names other modules and is the build-time half of the dependency table in tests/architecture_test.cpp.
# ASIO precompiles the Boost.Asio headers, which would otherwise dominate the build.
function(rasid_module name)
  cmake_parse_arguments(ARG "ASIO" "" "USES;LIBS" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  list(FILTER sources EXCLUDE REGEX "/(main|train)[^/]*\\.cpp$|/node_modules/|/train/")
  add_library(rasid_${name} STATIC ${sources})
  list(TRANSFORM ARG_USES PREPEND rasid_)
  target_link_libraries(rasid_${name} PUBLIC rasid_flags ${ARG_USES} ${ARG_LIBS})
  if(ARG_ASIO)
    rasid_precompile_asio(rasid_${name})
  endif()
endfunction()

function(rasid_precompile_asio target)
  target_precompile_headers(${target} PRIVATE
    <string> <vector> <map> <memory> <optional> <functional> <chrono> <boost/asio/awaitable.hpp> <boost/asio/co_spawn.hpp>
    <boost/asio/io_context.hpp> <boost/asio/ip/tcp.hpp> <boost/asio/steady_timer.hpp> <boost/asio/use_awaitable.hpp>)
endfunction()

# rasid_test(NAME USES modules… [ASIO]): one test program from tests/NAME/*_test.cpp and tests/support.
function(rasid_test name)
  cmake_parse_arguments(ARG "ASIO" "" "USES;LIBS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/${name}/*.cpp)
  if(NOT sources)
    return()
  endif()
  add_executable(${name}_tests ${sources})
  list(TRANSFORM ARG_USES PREPEND rasid_)
  target_link_libraries(${name}_tests PRIVATE rasid_flags ${ARG_USES} ${ARG_LIBS} GTest::gtest_main)
  target_compile_definitions(${name}_tests PRIVATE RASID_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  if(ARG_ASIO)
    rasid_precompile_asio(${name}_tests)
  endif()
  target_precompile_headers(${name}_tests PRIVATE <gtest/gtest.h>)
  add_test(NAME ${name} COMMAND ${name}_tests --gtest_brief=1)
  set_tests_properties(${name} PROPERTIES TIMEOUT 600)
endfunction()

# rasid_program(NAME SOURCE): a one-file program, linked with the modules whose headers it includes.
function(rasid_program name source)
  file(STRINGS ${source} includes REGEX "^#include \"[a-z]+/")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${source})
  set(modules "")
  foreach(line IN LISTS includes)
    string(REGEX REPLACE "^#include \"([a-z]+)/.*" "rasid_\\1" module "${line}")
    if(TARGET ${module})
      list(APPEND modules ${module})
    endif()
  endforeach()
  list(REMOVE_DUPLICATES modules)
  add_executable(${name} ${source})
  target_link_libraries(${name} PRIVATE rasid_flags ${modules})
  target_compile_definitions(${name} PRIVATE RASID_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
endfunction()
