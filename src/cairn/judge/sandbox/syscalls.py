"""The numbers of system calls on the processors the sandbox knows, and which a learner's code may make."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Architecture:
    """One processor: how seccomp names it and how its system calls are numbered."""

    audit: int
    numbers: Mapping[str, int]


_X86_64 = """
    read 0 write 1 open 2 close 3 stat 4 fstat 5 lstat 6 poll 7 lseek 8 mmap 9 mprotect 10 munmap 11 brk
    12 rt_sigaction 13 rt_sigprocmask 14 rt_sigreturn 15 ioctl 16 pread64 17 pwrite64 18 readv 19 writev
    20 access 21 pipe 22 select 23 sched_yield 24 mremap 25 madvise 28 dup 32 dup2 33 pause 34 nanosleep
    35 getitimer 36 alarm 37 setitimer 38 getpid 39 socket 41 clone 56 fork 57 execve 59 exit 60 wait4
    61 kill 62 uname 63 fcntl 72 flock 73 fsync 74 fdatasync 75 truncate 76 ftruncate 77 getdents 78
    getcwd 79 chdir 80 fchdir 81 rename 82 mkdir 83 rmdir 84 creat 85 link 86 unlink 87 symlink 88
    readlink 89 umask 95 gettimeofday 96 getrlimit 97 getrusage 98 sysinfo 99 times 100 ptrace 101
    getuid 102 getgid 104 geteuid 107 getegid 108 setpgid 109 getppid 110 getpgrp 111 setsid 112
    getgroups 115 getresuid 118 getresgid 120 getpgid 121 getsid 124 rt_tgsigqueueinfo 297 sigaltstack
    131 sched_getparam 143 sched_getscheduler 145 pivot_root 155 prctl 157 mount 165 umount2 166 gettid
    186 time 201 futex 202 sched_getaffinity 204 getdents64 217 set_tid_address 218 clock_gettime 228
    clock_getres 229 clock_nanosleep 230 exit_group 231 epoll_wait 232 epoll_ctl 233 tgkill 234
    get_mempolicy 239 add_key 248 keyctl 250 openat 257 mkdirat 258 newfstatat 262 unlinkat 263 renameat
    264 readlinkat 267 faccessat 269 pselect6 270 ppoll 271 unshare 272 set_robust_list 273
    get_robust_list 274 epoll_pwait 281 fallocate 285 eventfd2 290 epoll_create1 291 dup3 292 pipe2 293
    perf_event_open 298 prlimit64 302 getcpu 309 process_vm_readv 310 renameat2 316 getrandom 318
    memfd_create 319 bpf 321 userfaultfd 323 membarrier 324 copy_file_range 326 statx 332 rseq 334
    pidfd_send_signal 424 io_uring_setup 425 pidfd_open 434 clone3 435 close_range 436 pidfd_getfd 438
    faccessat2 439 landlock_create_ruleset 444 landlock_add_rule 445 landlock_restrict_self 446
    futex_waitv 449
"""

_AARCH64 = """
    getcwd 17 eventfd2 19 epoll_create1 20 epoll_ctl 21 epoll_pwait 22 dup 23 dup3 24 fcntl 25 ioctl 29
    flock 32 mkdirat 34 unlinkat 35 renameat 38 umount2 39 mount 40 pivot_root 41 truncate 45 ftruncate
    46 fallocate 47 faccessat 48 chdir 49 fchdir 50 openat 56 close 57 pipe2 59 getdents64 61 lseek 62
    read 63 write 64 readv 65 writev 66 pread64 67 pwrite64 68 pselect6 72 ppoll 73 readlinkat 78
    newfstatat 79 fstat 80 fsync 82 fdatasync 83 exit 93 exit_group 94 set_tid_address 96 unshare 97
    futex 98 set_robust_list 99 get_robust_list 100 nanosleep 101 getitimer 102 setitimer 103
    clock_gettime 113 clock_getres 114 clock_nanosleep 115 ptrace 117 sched_getscheduler 120
    sched_getparam 121 sched_getaffinity 123 sched_yield 124 kill 129 tgkill 131 sigaltstack 132
    rt_sigaction 134 rt_sigprocmask 135 rt_sigreturn 139 getresuid 148 getresgid 150 times 153 setpgid
    154 getpgid 155 getsid 156 setsid 157 getgroups 158 uname 160 getrusage 165 umask 166 prctl 167
    getcpu 168 gettimeofday 169 getpid 172 getppid 173 getuid 174 geteuid 175 getgid 176 getegid 177
    gettid 178 sysinfo 179 socket 198 brk 214 munmap 215 mremap 216 add_key 217 keyctl 219 clone 220
    execve 221 mmap 222 mprotect 226 madvise 233 get_mempolicy 236 perf_event_open 241 wait4 260
    prlimit64 261 process_vm_readv 270 renameat2 276 getrandom 278 memfd_create 279 bpf 280 userfaultfd
    282 membarrier 283 copy_file_range 285 statx 291 rseq 293 pidfd_send_signal 424 io_uring_setup 425
    pidfd_open 434 clone3 435 close_range 436 pidfd_getfd 438 faccessat2 439 landlock_create_ruleset 444
    landlock_add_rule 445 landlock_restrict_self 446 futex_waitv 449
"""

# What NumPy, PyTorch and pure Python need once they are imported. Not here, and so refused: processes and
# threads, sockets, signals to others, links, other programs, other owners, mounts, keys, io_uring, memfd.
ALLOWED = frozenset(
    """
    read write open close stat fstat lstat poll lseek mmap mprotect munmap brk rt_sigaction
    rt_sigprocmask rt_sigreturn pread64 pwrite64 readv writev access pipe select sched_yield mremap
    madvise dup dup2 pause nanosleep getitimer alarm setitimer getpid exit wait4 uname flock fsync
    fdatasync truncate ftruncate getdents getcwd chdir fchdir rename mkdir rmdir creat unlink readlink
    umask gettimeofday getrlimit getrusage sysinfo times getuid getgid geteuid getegid getppid getpgrp
    getgroups getresuid getresgid getpgid getsid sigaltstack sched_getparam sched_getscheduler gettid
    time futex sched_getaffinity getdents64 set_tid_address clock_gettime clock_getres clock_nanosleep
    exit_group epoll_wait epoll_ctl get_mempolicy openat mkdirat newfstatat unlinkat renameat readlinkat
    faccessat pselect6 ppoll set_robust_list get_robust_list epoll_pwait fallocate eventfd2
    epoll_create1 dup3 pipe2 getcpu renameat2 getrandom membarrier copy_file_range statx rseq
    close_range faccessat2 futex_waitv
    """.split()  # a table, not a list of strings  # noqa: SIM905
)


def _table(text: str) -> dict[str, int]:
    words = text.split()
    return {name: int(number) for name, number in zip(words[::2], words[1::2], strict=True)}


ARCHITECTURES: Mapping[str, Architecture] = {
    "x86_64": Architecture(0xC000003E, _table(_X86_64)),
    "aarch64": Architecture(0xC00000B7, _table(_AARCH64)),
}


def here() -> Architecture | None:
    """The processor of this machine, or None where the tables know nothing of it."""
    return ARCHITECTURES.get(os.uname().machine) if hasattr(os, "uname") else None


def number(name: str) -> int:
    """The number of a system call on this machine.

    Raises:
        OSError: where the processor is unknown or has no such call.
    """
    architecture = here()
    if architecture is None or name not in architecture.numbers:
        raise OSError(f"no system call {name} is known for this processor")
    return architecture.numbers[name]
