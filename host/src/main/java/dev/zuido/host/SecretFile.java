package dev.zuido.host;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes files that nobody but their owner may read, from their first byte on. */
public final class SecretFile {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private SecretFile() {}

  /**
   * Makes a file with the permissions 0600. One that is there is replaced if it is a plain file
   * which nobody else may read or write; it is never written through.
   *
   * @throws IOException if the name is that of a link, of no plain file or of one with wider
   *     permissions, or the file cannot be made
   */
  public static Writer create(Path file) throws IOException {
    removeEarlier(file);
    try {
      // Made anew, and never through a link, so that the permissions are there before the secrets.
      return new BufferedWriter(
          Channels.newWriter(
              Files.newByteChannel(
                  file,
                  Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                  PosixFilePermissions.asFileAttribute(OWNER_ONLY)),
              StandardCharsets.US_ASCII));
    } catch (FileAlreadyExistsException e) {
      throw refused(file, "somebody else has made it at this moment", e);
    } catch (UnsupportedOperationException e) {
      throw refused(file, "its file system has no permissions", e);
    }
  }

  private static void removeEarlier(Path file) throws IOException {
    PosixFileAttributes earlier;
    try {
      earlier = Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return;
    } catch (UnsupportedOperationException e) {
      throw refused(file, "its file system has no permissions", e);
    }
    if (earlier.isSymbolicLink()) {
      throw refused(file, "it is a symbolic link", null);
    }
    if (!earlier.isRegularFile()) {
      throw refused(file, "it is no plain file", null);
    }
    if (!OWNER_ONLY.containsAll(earlier.permissions())) {
      throw refused(
          file,
          "it is there with the permissions "
              + PosixFilePermissions.toString(earlier.permissions())
              + ", and secrets need rw-------",
          null);
    }
    Files.delete(file);
  }

  private static IOException refused(Path file, String reason, @Nullable Exception cause) {
    IOException refused =
        new FileSystemException(file.toString(), null, "secrets are not written there: " + reason);
    if (cause != null) {
      refused.initCause(cause);
    }
    return refused;
  }
}
