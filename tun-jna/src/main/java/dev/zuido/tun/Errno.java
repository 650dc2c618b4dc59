package dev.zuido.tun;

import java.util.HashMap;
import java.util.Map;

/** The error numbers of Linux that the calls of this module can end in. */
public enum Errno {
  /** The caller lacks a privilege. */
  EPERM(1, "operation not permitted"),
  /** There is no such file. */
  ENOENT(2, "no such file or directory"),
  /** There is no such entry: the answer when an absent route is removed. */
  ESRCH(3, "no such entry"),
  /** A signal interrupted the call. */
  EINTR(4, "interrupted"),
  /** The device refused: a TUN interface that is down. */
  EIO(5, "input/output error"),
  /** There is no such device or address. */
  ENXIO(6, "no such device or address"),
  /** The file descriptor is not open. */
  EBADF(9, "bad file descriptor"),
  /** Nothing is there, or no room is there, at the moment. */
  EAGAIN(11, "temporarily unavailable"),
  /** The kernel has no memory for it. */
  ENOMEM(12, "out of memory"),
  /** The file's or the port's permissions forbid it. */
  EACCES(13, "permission denied"),
  /** The address of an argument is wrong. */
  EFAULT(14, "bad address"),
  /** Somebody else uses it. */
  EBUSY(16, "device or resource busy"),
  /** It exists already. */
  EEXIST(17, "already exists"),
  /** There is no such interface. */
  ENODEV(19, "no such device"),
  /** An argument is not valid. */
  EINVAL(22, "invalid argument"),
  /** The whole system has too many files open. */
  ENFILE(23, "too many open files in the system"),
  /** The process has too many files open. */
  EMFILE(24, "too many open files"),
  /** The descriptor is of another kind. */
  ENOTTY(25, "inappropriate ioctl for the descriptor"),
  /** The file system can only be read. */
  EROFS(30, "read-only file system"),
  /** A number is outside of its range. */
  ERANGE(34, "out of range"),
  /** The kernel lacks the call. */
  ENOSYS(38, "not implemented by this kernel"),
  /** The interface behind the descriptor is gone. */
  EBADFD(77, "file descriptor in bad state"),
  /** The packet is longer than the interface's MTU. */
  EMSGSIZE(90, "message too long"),
  /** The kernel lacks the option. */
  ENOPROTOOPT(92, "protocol option not available"),
  /** The kernel lacks the protocol. */
  EPROTONOSUPPORT(93, "protocol not supported"),
  /** The kernel lacks the operation. */
  EOPNOTSUPP(95, "operation not supported"),
  /** The kernel lacks the address family. */
  EAFNOSUPPORT(97, "address family not supported"),
  /** Another socket holds the address and port. */
  EADDRINUSE(98, "address already in use"),
  /** The host does not have the address. */
  EADDRNOTAVAIL(99, "address not available"),
  /** The interface is down. */
  ENETDOWN(100, "network is down"),
  /** There is no route. */
  ENETUNREACH(101, "network is unreachable"),
  /** A queue of the kernel is full. */
  ENOBUFS(105, "no buffer space available"),
  /** It took too long. */
  ETIMEDOUT(110, "timed out"),
  /** An ICMP message said that nobody listens. */
  ECONNREFUSED(111, "connection refused"),
  /** The host or the gateway cannot be reached. */
  EHOSTUNREACH(113, "no route to host"),
  /** A number that is none of the above. */
  OTHER(-1, "error");

  private static final Map<Integer, Errno> BY_NUMBER = new HashMap<>();

  static {
    for (Errno error : values()) {
      BY_NUMBER.put(error.number, error);
    }
  }

  private final int number;
  private final String text;

  Errno(int number, String text) {
    this.number = number;
    this.text = text;
  }

  /** The constant of an error number, {@link #OTHER} where there is none. */
  public static Errno of(int number) {
    return BY_NUMBER.getOrDefault(number, OTHER);
  }

  /** The number that Linux gives the error on x86-64, arm64 and riscv64; -1 for {@link #OTHER}. */
  public int number() {
    return number;
  }

  /** What the error means, in a few words. */
  public String text() {
    return text;
  }
}
