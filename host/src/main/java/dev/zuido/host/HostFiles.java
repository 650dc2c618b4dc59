package dev.zuido.host;

import dev.zuido.router.CertificateFiles;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;

/** The certificate files of a host. */
public final class HostFiles implements CertificateFiles {
  private final Path folder;

  /**
   * Files by path.
   *
   * @param folder where relative paths start
   */
  public HostFiles(Path folder) {
    this.folder = folder;
  }

  @Override
  public byte[] read(String path) throws IOException {
    try {
      Path file = folder.resolve(path);
      if (!Files.isRegularFile(file)) {
        throw new IOException(Files.exists(file) ? "it is no file" : "there is no such file");
      }
      if (Files.size(file) > MAX_LENGTH) {
        throw new IOException("it is longer than " + MAX_LENGTH + " bytes");
      }
      return Files.readAllBytes(file);
    } catch (InvalidPathException e) {
      throw new IOException("this is no path", e);
    } catch (NoSuchFileException e) {
      throw new IOException("there is no such file", e);
    } catch (AccessDeniedException e) {
      throw new IOException("there is no permission to read it", e);
    }
  }

  @Override
  public InstantSource clock() {
    return InstantSource.system();
  }
}
