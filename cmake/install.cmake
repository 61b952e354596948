# What `cmake --install` puts where, and the Debian package (./dev package).
include(GNUInstallDirs)
# An installation takes what was built: tests and broken-on-purpose programs are none of its business.
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)

install(TARGETS rasid RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES systemd/rasid.service systemd/rasid.socket DESTINATION /lib/systemd/system COMPONENT Unspecified)
install(FILES systemd/rasid.toml DESTINATION /etc/rasid)
install(DIRECTORY DESTINATION /etc/rasid/conf.d)
install(FILES README.md README.ar.md docs/api.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES packaging/debian/copyright DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES demo/setup.toml DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples)
install(FILES packaging/completion/rasid DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)

# Debian wants man pages and changelogs compressed, without a time stamp so that two builds are equal.
find_program(GZIP_PROGRAM gzip REQUIRED)
function(rasid_install_gzipped file destination name)
  set(packed ${CMAKE_BINARY_DIR}/packed/${name}.gz)
  add_custom_command(OUTPUT ${packed} DEPENDS ${file} VERBATIM
    COMMAND sh -c "mkdir -p '${CMAKE_BINARY_DIR}/packed' && '${GZIP_PROGRAM}' -9nc '${file}' >'${packed}'")
  set_property(GLOBAL APPEND PROPERTY RASID_PACKED ${packed})
  install(FILES ${packed} DESTINATION ${destination})
endfunction()

string(TIMESTAMP RASID_CHANGELOG_DATE "%a, %d %b %Y %H:%M:%S +0000" UTC)
configure_file(packaging/debian/changelog ${CMAKE_BINARY_DIR}/changelog @ONLY)
rasid_install_gzipped(${CMAKE_BINARY_DIR}/changelog ${CMAKE_INSTALL_DOCDIR} changelog)
rasid_install_gzipped(${CMAKE_SOURCE_DIR}/CHANGELOG.md ${CMAKE_INSTALL_DOCDIR} NEWS)
rasid_install_gzipped(${CMAKE_SOURCE_DIR}/docs/man/rasid.8 ${CMAKE_INSTALL_MANDIR}/man8 rasid.8)
rasid_install_gzipped(${CMAKE_SOURCE_DIR}/docs/man/rasid.toml.5 ${CMAKE_INSTALL_MANDIR}/man5 rasid.toml.5)
get_property(packed GLOBAL PROPERTY RASID_PACKED)
add_custom_target(packed ALL DEPENDS ${packed})

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME rasid)
set(CPACK_PACKAGE_VENDOR "The Rasid authors")
set(CPACK_PACKAGE_CONTACT "The Rasid authors <rasid@example.org>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "social listening daemon with promised response times")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"Rasid hears what people say about a brand on feeds, the Fediverse and
Bluesky, decides what matters, opens tickets with running response-time
clocks, escalates by mail when nobody answers, takes answers on a web page
in Arabic and English, and keeps the yearly contact plan of each customer.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_SET_DESTDIR OFF)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "init-system-helpers (>= 1.52), tzdata, ca-certificates")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
  ${CMAKE_SOURCE_DIR}/packaging/debian/conffiles
  ${CMAKE_SOURCE_DIR}/packaging/debian/postinst
  ${CMAKE_SOURCE_DIR}/packaging/debian/prerm
  ${CMAKE_SOURCE_DIR}/packaging/debian/postrm)
include(CPack)
