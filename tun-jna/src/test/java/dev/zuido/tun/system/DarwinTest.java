package dev.zuido.tun.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.zuido.tun.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DarwinTest {
  /** The functions are there on Linux too, and on x86-64 their arguments are passed alike. */
  @Test
  void theFunctionsCanBeCalled() {
    assumeTrue(System.getProperty("os.arch", "").equals("amd64"));
    NativeBuffer ends = new NativeBuffer(2 * Integer.BYTES);
    Darwin.pipe(ends);
    int closeOnExec = Libc.fcntl(ends.getInt(0), 1, 0);
    NativeBuffer bytes = new NativeBuffer(Long.BYTES);
    bytes.putLong(0, 7);
    long written = Posix.write(ends.getInt(Integer.BYTES), bytes.address(), Long.BYTES);
    bytes.putLong(0, 0);
    long read = Posix.read(ends.getInt(0), bytes.address(), Long.BYTES);
    Posix.close(ends.getInt(0));
    Posix.close(ends.getInt(Integer.BYTES));
    assertEquals(1, closeOnExec);
    assertEquals(Long.BYTES, written);
    assertEquals(Long.BYTES, read);
    assertEquals(7, bytes.getLong(0));
  }

  /** The numbers of sys/errno.h. */
  @ParameterizedTest
  @CsvSource({
    "1,EPERM",
    "4,EINTR",
    "16,EBUSY",
    "22,EINVAL",
    "34,ERANGE",
    "11,OTHER",
    "35,EAGAIN",
    "36,OTHER",
    "40,EMSGSIZE",
    "45,EOPNOTSUPP",
    "48,EADDRINUSE",
    "55,ENOBUFS",
    "60,ETIMEDOUT",
    "77,OTHER",
    "78,ENOSYS",
    "90,OTHER",
    "102,EOPNOTSUPP"
  })
  void errorsGetTheNumbersOfLinux(int number, Errno error) {
    assertEquals(error, Errno.of(Darwin.linuxNumber(number)));
  }
}
