"""Entry point of ``setup/start``, ``setup/test`` and ``setup/translations``."""

import os
import signal
import sys
from pathlib import Path

# The folder above, not this one: its modules must not shadow those of the standard library.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

from host import console  # noqa: E402


def main(command, *arguments):
    """Run one command; a failure that was foreseen is one line on stderr and exit code 1."""
    # A closed terminal and a service manager must stop what was started as Ctrl-C does.
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) != signal.SIG_IGN:  # as `nohup` asks for
            signal.signal(number, signal.default_int_handler)
    # The database server runs as another user when this runs as root, and must be able to read its programs.
    os.umask(0o022)
    try:
        if command == "start":
            from host import start as module
        elif command == "translations":
            from host import translations as module
        else:
            from host import test as module
        return module.main(list(arguments))
    except console.Failure as failure:
        console.error(failure)
        return 1
    except KeyboardInterrupt:
        console.say("Stopped.")
        return 130
    except OSError as problem:
        console.error(console.explain(problem))
        return 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
