"""Runs of the command in processes of their own, which begin where the imports have ended.

An interpreter takes two seconds to import what a run needs: most kills of a series would hit imports, and it would take
ten times as long. This program imports once, then reads a request a line (JSON) and answers each with a line:

    {"do": "warm", ...}    run once in this process, so that what is read only once has been read
    {"do": "start", ...}   fork a run -> its process id
    {"do": "wait", "run"}  -> the exit code of a run, less than zero for a signal
    {"do": "call", "line"} run a program in this process's namespaces -> its exit code
"""

import gc
import importlib
import json
import os
import pkgutil
import resource
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

MOST_MEMORY = 3 << 30  # bytes of address space
MOST_SECONDS = 60  # of a run, by the wall; SIGALRM ends it then


def main(root):
    sys.path[0] = root
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    import leadscore

    for module in pkgutil.walk_packages(leadscore.__path__, "leadscore."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    while line := sys.stdin.readline():
        request = json.loads(line)
        answer = DOINGS[request["do"]](request)
        print(json.dumps(answer), flush=True)


def warm(request):
    folder = Path.cwd()
    os.chdir(request["folder"])
    with suppress(SystemExit):
        run_with(request["arguments"])
    os.chdir(folder)


def start(request):
    gc.freeze()  # a child that collects garbage would copy all that it shares with us
    process = os.fork()
    if not process:
        os.setsid()
        redirect(request)
        os.chdir(request["folder"])
        os.environ.update(request["environment"])
        os.umask(request["umask"])
        for name, most in request["limits"].items():
            resource.setrlimit(getattr(resource, name), (most, most))
        signal.alarm(MOST_SECONDS)
        if request["stopped"]:
            os.kill(os.getpid(), signal.SIGSTOP)
        run_with(request["arguments"])
    return process


def redirect(request):
    """No terminal anywhere: files, and as a rule nothing to read."""
    said = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    for handle, (path, flags) in enumerate(
        ((request["stdin"], os.O_RDONLY), (request["stdout"], said), (request["stderr"], said))
    ):
        opened = os.open(path, flags, 0o600)
        os.dup2(opened, handle)
        os.close(opened)


def run_with(arguments):
    """As the console script: it ends in SystemExit."""
    from leadscore.cli.app import run

    sys.argv = ["leadscore", *arguments]
    run()


def wait(request):
    return os.waitstatus_to_exitcode(os.waitpid(request["run"], 0)[1])


def call(request):
    return subprocess.run(request["line"], check=False, stdout=subprocess.DEVNULL).returncode


DOINGS = {"warm": warm, "start": start, "wait": wait, "call": call}

if __name__ == "__main__":
    main(sys.argv[1])
