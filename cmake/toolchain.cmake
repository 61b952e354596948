set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(THREADS_PREFER_PTHREAD_FLAG ON)

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # The sloppiness is what ccache asks for before it caches units that use a precompiled header.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${CCACHE_PROGRAM})
  set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
endif()

add_library(rasid_flags INTERFACE)
target_compile_options(rasid_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wnull-dereference
  -ffile-prefix-map=${CMAKE_SOURCE_DIR}/=)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 reports false positives of these from inside the standard library and Asio once inlining meets sanitizers or -O3.
  target_compile_options(rasid_flags INTERFACE -fcoroutines -Wno-maybe-uninitialized -Wno-null-dereference
    -Wno-stringop-overflow -Wno-restrict)
  # In a batch every file is an included one, and their own types are taken for those of a header.
  target_compile_options(rasid_flags INTERFACE -Wno-subobject-linkage)
else()
  find_program(LLD_PROGRAM ld.lld-16)
  if(LLD_PROGRAM)
    add_link_options(-fuse-ld=lld)
  endif()
endif()
target_include_directories(rasid_flags INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_definitions(rasid_flags INTERFACE BOOST_ASIO_NO_DEPRECATED)

if(RASID_SANITIZE)
  add_compile_options(-fsanitize=${RASID_SANITIZE} -fno-omit-frame-pointer -g1)
  add_link_options(-fsanitize=${RASID_SANITIZE})
  if(RASID_SANITIZE MATCHES "undefined")
    add_compile_options(-fno-sanitize-recover=undefined)
  endif()
  if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    add_compile_options(-fsanitize-ignorelist=${CMAKE_SOURCE_DIR}/cmake/sanitizer_ignore.txt)
  endif()
endif()
if(RASID_HARDEN)
  add_compile_options(-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fstack-clash-protection
    -fcf-protection -fPIE -D_GLIBCXX_ASSERTIONS)
  add_link_options(-pie -Wl,-z,relro,-z,now -Wl,--as-needed)
endif()
