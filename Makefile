.PHONY: run test setup check map rules
run: ; @bin/run
test: ; @bin/test
setup: ; @bin/setup
check: ; @bin/check
map: ; @bin/map
rules: ; @bin/rules
