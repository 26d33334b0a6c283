.PHONY: run test setup check map rules messages
run: ; @bin/run
test: ; @bin/test
setup: ; @bin/setup
check: ; @bin/check
map: ; @bin/map
rules: ; @bin/rules
messages: ; @bin/messages
