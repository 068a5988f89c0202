"""What the user sees: plain lines, progress of long steps, one clear line for each failure."""

import contextlib
import ctypes
import errno
import os
import signal
import subprocess
import sys
import threading
import time

SPINNER = "|/-\\"
QUIET_SECONDS = 15  # without a terminal, how often a long step says that it is alive


class Failure(Exception):
    """Something the user can mend; the message says how."""


def say(text=""):
    print(text, flush=True)


def error(text):
    print(f"error: {text}", file=sys.stderr, flush=True)


def explain(problem):
    """One sentence for an error of the operating system."""
    if problem.errno in (errno.ENOSPC, errno.EDQUOT):
        return "the disk is full: free some space and run this again, what is complete is kept."
    if problem.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"no permission for {problem.filename}: set CUSTOMER_SUITE_CACHE to a folder you can write."
    return f"{problem}."


class Step:
    """One long step; ``note`` changes what stands behind its title."""

    def __init__(self, title):
        self.title = title
        self.detail = ""
        self.began = time.monotonic()
        self.over = threading.Event()

    def hint(self, text):
        """What it is at just now: for a terminal, where it leaves no trace."""
        self.detail = text

    def note(self, text):
        """A progress line, on a terminal behind the spinner."""
        self.detail = text
        if not sys.stdout.isatty():
            say(f"    {text}")

    @property
    def seconds(self):
        return f"{time.monotonic() - self.began:.0f} s"

    def show(self):
        """Runs in a thread: a spinner on a terminal, else a line now and then (a log has no use for spinners)."""
        if not sys.stdout.isatty():
            while not self.over.wait(QUIET_SECONDS):
                say(f"    … {self.seconds}")
            return
        turn = 0
        while not self.over.wait(0.2):
            turn += 1
            line = f"{SPINNER[turn % 4]} {self.title} {self.seconds} {self.detail}"
            print(f"\r\033[K{line[: _columns()]}", end="", flush=True)

    def finish(self, mark):
        self.over.set()
        clear = "\r\033[K" if sys.stdout.isatty() else ""
        say(f"{clear}{mark} {self.title} ({self.seconds})")


def _columns():
    try:
        return os.get_terminal_size().columns - 1
    except OSError:
        return 79


@contextlib.contextmanager
def step(title):
    """Show that something long goes on, and how long it took."""
    if not sys.stdout.isatty():
        say(f"… {title}")
    current = Step(title)
    thread = threading.Thread(target=current.show, daemon=True)
    thread.start()
    try:
        yield current
    except BaseException:
        current.over.set()
        thread.join()
        current.finish("✗")
        raise
    current.over.set()
    thread.join()
    current.finish("✓")


_libc = ctypes.CDLL(None, use_errno=True)
_PR_SET_PDEATHSIG = 1


def die_with_parent():
    """For a child: be stopped when the parent is killed without a chance to clean up (Linux only)."""
    with contextlib.suppress(AttributeError):
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def spawn(command, **options):
    """Start a child in a session of its own, so that Ctrl-C reaches it through us only."""
    return subprocess.Popen(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=die_with_parent,  # it only calls the system
        **options,
    )


def stop(process, patience=20):
    """End a child and its own children: politely, then not."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(patience)
            break
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def run(command, log, on_line=None, **options):
    """Run a command to its end with its output in ``log``; tell whether it succeeded.

    :param on_line: called with each line as it arrives
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with open(log, "w", encoding="utf-8", errors="replace") as sink:
        process = spawn(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            **options,
        )
        try:
            for line in process.stdout:
                sink.write(line)
                if on_line:
                    on_line(line.rstrip())
            return process.wait() == 0
        except BaseException:
            stop(process)
            raise


def tail(log, lines=15):
    """The last lines of a log, to be shown below a failure."""
    try:
        text = log.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    return "\n".join(f"    {line}" for line in text[-lines:])
