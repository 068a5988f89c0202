# Sourced by the commands beside this folder: leaves in $python the first interpreter that is new enough.
# Names with a number come second, so that the machine's own choice wins when it will do.
python=
for candidate in python3 python3.13 python3.12 python3.11 python3.10; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 10))' >/dev/null 2>&1; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    echo "error: Python 3.10 or newer is needed and none was found; install it (Debian, Ubuntu: apt-get install python3) and run this again." >&2
    exit 1
fi
