package dev.zuido.router;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The files that a {@code crypto pki trustpoint} names, and the date at which they have to hold.
 */
public interface CertificateFiles {
  /** The longest file that is read, in bytes. */
  int MAX_LENGTH = 1 << 20;

  /** There are none: a configuration that names one is refused. */
  CertificateFiles NONE =
      new CertificateFiles() {
        @Override
        public byte[] read(String path) throws IOException {
          throw new IOException("no files are read here");
        }

        @Override
        public InstantSource clock() {
          return () -> Instant.EPOCH;
        }
      };

  /**
   * Reads a whole file, which the caller wipes.
   *
   * @param path as it stands in the configuration
   * @throws IOException if it cannot be read or is longer than {@link #MAX_LENGTH}; the message is
   *     shown to the user
   */
  byte[] read(String path) throws IOException;

  /** The time of day, for the validity of certificates. */
  InstantSource clock();
}
