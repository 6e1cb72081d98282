#!/usr/bin/env bash
# Gives a machine of CI what some tests can only use and not install: the kernel's tracing file system, and a browser.
# Where it may not, or cannot, it says so and ends well: those tests are then skipped, with the reason in their names.
set -uo pipefail

if [[ $(uname -s) != Linux || $(id -u) != 0 ]]; then
  echo 'not root on Linux: no kernel trace and no browser are prepared'
  exit 0
fi

if grep -q ' tracefs ' /proc/mounts; then
  echo 'kernel trace: tracefs is mounted'
elif mount -t tracefs nodev /sys/kernel/tracing 2>/dev/null; then
  echo 'kernel trace: mounted tracefs at /sys/kernel/tracing'
else
  echo 'kernel trace: tracefs cannot be mounted here'
fi

if command -v chromium >/dev/null; then
  echo "browser: $(chromium --version 2>/dev/null)"
elif command -v apt-get >/dev/null && { apt-get update -qq && timeout 240 apt-get install -y -qq --no-install-recommends chromium; } >/dev/null 2>&1; then
  echo "browser: installed $(chromium --version 2>/dev/null)"
else
  echo 'browser: chromium cannot be installed here'
fi
