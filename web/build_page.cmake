# cmake -D NODE=… -D NPM=… -D APP=web/app -D OUT=folder -D PACK=file -P build_page.cmake
#
# Installs the page's packages where that is due, builds the page into OUT and packs it. One at a time over all build folders, since
# they share APP/node_modules.
file(LOCK ${APP}/.install.lock GUARD PROCESS TIMEOUT 600)  # CMake truncates what it locks

function(run)
  execute_process(COMMAND ${ARGN} WORKING_DIRECTORY ${APP} RESULT_VARIABLE result)
  if(NOT result EQUAL 0)
    list(JOIN ARGN " " command)
    message(FATAL_ERROR "${command}: failed (${result})")
  endif()
endfunction()

# npm writes node_modules/.package-lock.json last.
if(${APP}/package-lock.json IS_NEWER_THAN ${APP}/node_modules/.package-lock.json)
  run(${NPM} ci --no-audit --no-fund)
endif()
file(REMOVE_RECURSE ${OUT})
run(${NODE} build.mjs --out ${OUT})
run(${NODE} ${CMAKE_CURRENT_LIST_DIR}/pack_page.mjs ${OUT} ${PACK})
