"""What a Sequence can try to get out of its isolation; each attempt returns what it got, or raises.

None does harm where it succeeds: it changes nothing, or only what was made for it.
"""

import ctypes
import json
import os
import signal
import socket
import sys

libc = ctypes.CDLL(None, use_errno=True)
CALLS = {
    "x86_64": {"mq_open": 240, "keyctl": 250, "pidfd_getfd": 438, "pivot_root": 155},
    "aarch64": {"mq_open": 180, "keyctl": 219, "pidfd_getfd": 438, "pivot_root": 41},
}[os.uname().machine]


def checked(result):
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


def read(path, size=4096):
    with open(path, "rb") as file:
        return file.read(size).decode("latin-1") or "nothing"


def write(path, mode="a"):
    with open(path, mode) as file:
        file.write("\n")
    return path


def listed(path):
    return ",".join(sorted(os.listdir(path))) or "an empty folder"


def among(folder, name):
    """Not what a sandbox has in the place of a folder, which has other entries."""
    names = os.listdir(folder)
    return name if name in names else refuse(f"only {names}")


def own(name):
    return os.path.join(os.environ.get("SCRAMJET_INSTANCE_DIR", "/tmp"), f"{name}-{os.getpid()}")


# Files


def read_a_file_outside(f):
    return read(f["secret"])


def list_a_folder_outside(f):
    return listed(f["outside"])


def create_a_file_outside(f):
    path = f["outside"] + f"/planted-{os.getpid()}"
    write(path)
    os.unlink(path)
    return path


def append_to_a_file_outside(f):
    return write(f["secret"])


def truncate_a_file_outside(f):
    os.truncate(f["spare"], 0)
    return "truncated"


def open_truncating_a_file_outside(f):
    return write(f["spare"], "w")


def remove_a_file_outside(f):
    os.unlink(f["spare"])
    with open(f["spare"], "w"):
        return "removed"


def move_a_file_outside(f):
    os.rename(f["spare"], f["spare"] + ".moved")
    os.rename(f["spare"] + ".moved", f["spare"])
    return "moved"


def move_a_file_in(f):
    os.rename(f["spare"], own("moved"))
    os.rename(own("moved"), f["spare"])
    return "moved"


def move_a_file_out(f):
    write(own("mine"))
    path = f["outside"] + f"/moved-{os.getpid()}"
    os.rename(own("mine"), path)
    os.unlink(path)
    return "moved"


def link_a_file_in(f):
    os.link(f["secret"], own("linked"))
    return read(own("linked"))


def follow_a_symbolic_link(f):
    os.symlink(f["secret"], own("link"))
    return read(own("link"))


def follow_a_symbolic_link_to_a_folder(f):
    os.symlink(f["outside"], own("folder"))
    return listed(own("folder"))


def climb_out_of_its_folder(f):
    return read(os.environ.get("SCRAMJET_INSTANCE_DIR", "/tmp") + "/.." * 20 + f["secret"])


def read_by_the_root_in_proc(f):
    return read("/proc/self/root" + f["secret"])


def read_by_the_working_folder_in_proc(f):
    return read("/proc/self/cwd" + "/.." * 20 + f["secret"])


def make_a_folder_outside(f):
    path = f["outside"] + f"/folder-{os.getpid()}"
    os.mkdir(path)
    os.rmdir(path)
    return path


def make_a_pipe_outside(f):
    path = f["outside"] + f"/pipe-{os.getpid()}"
    os.mkfifo(path)
    os.unlink(path)
    return path


def make_a_socket_outside(f):
    path = f["outside"] + f"/s-{os.getpid()}"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path)
    os.unlink(path)
    return path


def make_a_symbolic_link_outside(f):
    path = f["outside"] + f"/link-{os.getpid()}"
    os.symlink("/", path)
    os.unlink(path)
    return path


def make_a_device(f):
    os.mknod(own("zero"), 0o600 | 0o020000, os.makedev(1, 5))
    return read(own("zero"), 1)


def list_the_temporary_folder(f):
    names = os.listdir("/tmp")
    return "found others' files" if f["temporary"] in names else refuse("only its own")


def plant_code_for_all(f):
    path = f["packages"] + f"/planted_{os.getpid()}.py"
    write(path)
    os.unlink(path)
    return path


def read_the_passwords(f):
    return read("/etc/shadow")


# The Hub's files, and those of other Sequences


def read_the_tokens(f):
    return read(f["tokens"])


def list_the_data_folder(f):
    return among(f["data"], "id")


def read_the_id_of_the_hub(f):
    return read(f["data"] + "/id")


def write_to_the_data_folder(f):
    return "planted " + write(f["data"] + f"/work/{os.getpid():032x}")


def list_the_packages(f):
    return among(f["data"] + "/sequences", os.path.basename(os.path.dirname(f["victim_package"])))


def read_another_package(f):
    return read(f["victim_package"] + "/main.py")


def change_another_package(f):
    return write(f["victim_package"] + "/main.py")


def add_to_another_package(f):
    path = f["victim_package"] + "/added.py"
    write(path)
    os.unlink(path)
    return path


def change_its_own_package(f):
    return write(f["package"] + "/package.json")


def add_to_its_own_package(f):
    path = f["package"] + f"/added-{os.getpid()}.py"
    write(path)
    os.unlink(path)
    return path


def list_the_folders_of_instances(f):
    return among(f["data"] + "/work", os.path.basename(os.path.dirname(f["victim_file"])))


def read_another_instance_s_folder(f):
    return read(f["victim_file"])


# Processes


def see_the_hub(f):
    return "seen" if str(f["hub"]) in os.listdir("/proc") else refuse("not seen")


def read_the_environment_of_the_hub(f):
    return read(f"/proc/{f['hub']}/environ")


def read_the_command_line_of_the_hub(f):
    return read(f"/proc/{f['hub']}/cmdline")


def read_the_memory_map_of_the_hub(f):
    return read(f"/proc/{f['hub']}/maps")


def list_the_open_files_of_the_hub(f):
    return listed(f"/proc/{f['hub']}/fd")


def read_by_the_root_of_the_hub(f):
    return read(f"/proc/{f['hub']}/root{f['secret']}")


def change_the_badness_of_the_hub(f):
    path = f"/proc/{f['hub']}/oom_score_adj"
    value = read(path)
    with open(path, "w") as file:
        file.write(value)
    return path


def read_the_environment_of_another_instance(f):
    return read(f"/proc/{f['victim']}/environ")


def read_the_command_line_of_another_instance(f):
    return read(f"/proc/{f['victim']}/cmdline")


def read_the_memory_of_another_instance(f):
    with open(f"/proc/{f['victim']}/maps") as maps:
        start = int(maps.readline().partition("-")[0], 16)
    with open(f"/proc/{f['victim']}/mem", "rb") as memory:
        memory.seek(start)
        return repr(memory.read(4))


def list_the_folder_of_another_instance(f):
    return listed(f"/proc/{f['victim']}/cwd")


def write_to_the_output_of_another_instance(f):
    with open(f"/proc/{f['victim']}/fd/1", "w"):
        return "opened"


def signal_the_hub(f):
    os.kill(f["hub"], 0)
    return "allowed"


def signal_the_spawner(f):
    os.kill(f["spawner"], 0)
    return "allowed"


def signal_another_instance(f):
    os.kill(f["victim"], 0)
    return "allowed"


def signal_the_group_of_another_instance(f):
    os.killpg(f["victim"], 0)
    return "allowed"


def kill_a_stranger(f):
    os.kill(f["stranger"], signal.SIGCONT)
    return "allowed"


def signal_through_a_descriptor(f):
    signal.pidfd_send_signal(os.pidfd_open(f["victim"]), 0)
    return "allowed"


def trace_another_instance(f):
    checked(libc.ptrace(16, f["stranger"], None, None))
    os.waitpid(f["stranger"], 0x40000000)
    libc.ptrace(17, f["stranger"], None, None)
    return "attached"


def copy_memory_of_another_instance(f):
    class Part(ctypes.Structure):
        _fields_ = (("base", ctypes.c_void_p), ("length", ctypes.c_size_t))

    buffer = ctypes.create_string_buffer(8)
    here = Part(ctypes.addressof(buffer), 8)
    # The other one is not told where to read; the kernel checks the right first, and then finds nothing there.
    there = Part(4096, 8)
    result = libc.process_vm_readv(f["victim"], ctypes.byref(here), 1, ctypes.byref(there), 1, 0)
    if result < 0 and ctypes.get_errno() == 14:
        return "allowed"
    return checked(result)


def take_a_descriptor_of_the_hub(f):
    fd = checked(libc.syscall(CALLS["pidfd_getfd"], os.pidfd_open(f["hub"]), 0, 0))
    os.close(fd)
    return "taken"


def limit_another_instance(f):
    import resource

    resource.prlimit(f["victim"], resource.RLIMIT_CORE, resource.prlimit(f["victim"], resource.RLIMIT_CORE))
    return "limited"


def slow_down_another_instance(f):
    os.setpriority(os.PRIO_PROCESS, f["victim"], os.getpriority(os.PRIO_PROCESS, f["victim"]))
    return "slowed down"


def bind_another_instance_to_a_processor(f):
    os.sched_setaffinity(f["victim"], os.sched_getaffinity(0))
    return "bound"


def schedule_another_instance(f):
    os.sched_setscheduler(f["victim"], os.SCHED_OTHER, os.sched_param(0))
    return "scheduled"


# Namespaces, mounts, privileges


def mount_over_the_system(f):
    os.makedirs(own("mount"))
    checked(libc.mount(b"tmpfs", own("mount").encode(), b"tmpfs", 0, None))
    checked(libc.umount2(own("mount").encode(), 2))
    return "mounted"


def mount_a_folder_from_outside(f):
    os.makedirs(own("bound"))
    checked(libc.mount(f["outside"].encode(), own("bound").encode(), None, 4096, None))
    got = listed(own("bound"))
    checked(libc.umount2(own("bound").encode(), 2))
    return got


def mount_in_namespaces_of_its_own(f):
    checked(libc.unshare(0x10000000 | 0x00020000))
    os.makedirs(own("bound"))
    checked(libc.mount(f["outside"].encode(), own("bound").encode(), None, 4096, None))
    return listed(own("bound"))


def make_the_package_writable(f):
    package = f["package"].encode()
    checked(libc.mount(package, package, None, 4096, None))
    checked(libc.mount(None, package, None, 32 | 4096, None))
    got = write(f["package"] + "/package.json")
    checked(libc.umount2(package, 2))
    return got


def change_its_root(f):
    os.chroot(os.environ.get("SCRAMJET_INSTANCE_DIR", "/tmp"))
    return "changed"


def turn_its_root_around(f):
    os.makedirs(own("root"))
    checked(libc.unshare(0x10000000 | 0x00020000))
    checked(libc.mount(own("root").encode(), own("root").encode(), None, 4096, None))
    checked(libc.syscall(CALLS["pivot_root"], own("root").encode(), own("root").encode()))
    return "turned"


def enter_the_hub_s_namespaces(f):
    fd = os.pidfd_open(f["hub"])
    checked(libc.setns(fd, 0x00020000))
    return read(f["secret"])


def become_another_user(f):
    os.setuid(65534)
    return "became"


def rename_the_machine(f):
    socket.sethostname(socket.gethostname())
    return "renamed"


def raise_its_limits(f):
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    return "raised"


# Communication


def talk_to_an_abstract_socket(f):
    with socket.socket(socket.AF_UNIX) as client:
        client.connect("\0" + f["abstract"])
        return "connected"


def send_to_an_abstract_socket(f):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as client:
        client.sendto(b".", "\0" + f["abstract"] + "-datagrams")
        return "sent"


def talk_to_a_socket_in_the_file_system(f):
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(f["socket"])
        return "connected"


def share_memory_with_another_instance(f):
    identifier = checked(libc.shmget(f["memory_key"], 0, 0))
    return f"found {identifier}"


def open_a_message_queue(f):
    fd = checked(libc.syscall(CALLS["mq_open"], f["queue"].encode(), os.O_RDONLY, 0, None))
    os.close(fd)
    return "opened"


def list_the_keys_of_the_user(f):
    return f"keyring {checked(libc.syscall(CALLS['keyctl'], 0, -4, 0))}"


def listen_to_files_outside(f):
    watcher = checked(libc.inotify_init())
    checked(libc.inotify_add_watch(watcher, f["outside"].encode(), 0x100))
    return "watches"


# Metadata, which Landlock leaves alone


def look_whether_a_file_exists(f):
    return str(os.stat(f["secret"]).st_size)


def change_the_mode_of_a_file_outside(f):
    os.chmod(f["spare"], 0o600)
    return "changed"


def change_the_times_of_a_file_outside(f):
    os.utime(f["spare"])
    return "changed"


def enter_a_folder_outside(f):
    os.chdir(f["outside"])
    return os.getcwd()


def refuse(why):
    raise PermissionError(why)


NOT_ATTEMPTS = ("checked", "read", "write", "listed", "own", "among", "refuse", "run", "attempt", "run_all", "main")
ATTEMPTS = {
    name: item
    for name, item in list(globals().items())
    if callable(item) and getattr(item, "__module__", "") == __name__ and name not in NOT_ATTEMPTS
}


def attempt(name, facts):
    """Try one in a process of its own; return what it got, or why it got nothing."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            told = ["got", str(ATTEMPTS[name](facts))[:200]]
        except BaseException as error:
            told = ["refused", f"{type(error).__name__}: {error}"[:200]]
        os.write(writing, json.dumps(told).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as result:
        told = result.read()
    os.waitpid(child, 0)
    return json.loads(told or '["refused", "it died"]')


def run_all(facts):
    """Try all; return for each whether it got something, and what."""
    return {name: attempt(name, facts) for name in ATTEMPTS}


if __name__ == "__main__":
    print(json.dumps(run_all(json.loads(sys.argv[1]))))
